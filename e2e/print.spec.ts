import { expect, test } from './fixtures.ts';

test('on paper are the open messages, whole, and nothing around them', async ({
  console,
  page,
}) => {
  const keys = Array.from({ length: 60 }, (_, index) => `"key ${index}":${index}`);
  await console.send('{"SH_NEW":{"name":"printed"}}');
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await console.send(`{"KV_SET":{"tkn":"{{tkn}}","keys":{${keys.join(',')}}}}`);
  await expect(console.rows(/Received KV_SET_RSP/)).toBeVisible();
  const sent = console.rows(/Sent SH_NEW/);
  await expect(sent).toBeVisible();

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  // The paper is narrower than the window: the page must not become another one for it.
  const place = page.getByRole('main');
  await place.evaluate((element) => element.setAttribute('data-before', 'print'));
  await page.pdf({ format: 'A4' });
  await expect(place).toHaveAttribute('data-before', 'print');

  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(sent).toBeHidden();
  for (const part of [console.composer, console.sessions, console.tutorial, console.panels]) {
    await expect(part).toBeHidden();
  }
  const reply = console.rows(/Received KV_SET_RSP/);
  await expect(reply).toBeVisible();
  // All of it, where the screen has a part to scroll.
  await expect.poll(async () => (await reply.boundingBox())?.height ?? 0).toBeGreaterThan(60 * 15);
});

test('an open message is printed wherever it is in the list, and of selected ones just those', async ({
  console,
  page,
}) => {
  const log = page.getByRole('log', { name: 'Messages' });
  const exchanges = (of: string) => console.rows(new RegExp(`Sent ${of}`));
  await console.send('{"SH_NEW":{"name":"far away"}}');
  await expect(exchanges('SH_NEW')).toBeVisible();
  const many = Array.from({ length: 60 }, () => '{"SH_INFO_ALL":{}}').join('\n');
  await console.send(many);
  await expect(console.composer).toContainText('All 60 messages sent and answered.');
  // It was open as the newest: a press closes it once others have come, and opens it for good.
  await log.evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
  await exchanges('SH_NEW').getByRole('button').first().click();
  await expect(exchanges('SH_NEW').getByRole('group', { name: 'Reply' })).toBeVisible();
  await log.evaluate((list) => list.scrollTo({ top: 0 }));
  // The row with the focus is always there.
  await exchanges('SH_INFO_ALL').first().getByRole('button').first().focus();
  await expect(exchanges('SH_NEW')).toHaveCount(0);

  const print = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
  };
  const putBack = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
  };
  await print();
  await expect(exchanges('SH_NEW').getByRole('group', { name: 'Reply' })).toBeVisible();
  await putBack();
  await expect(exchanges('SH_NEW')).toHaveCount(0);

  const [second, fourth] = [exchanges('SH_INFO_ALL').nth(1), exchanges('SH_INFO_ALL').nth(3)];
  for (const row of [second, fourth]) {
    await row.hover();
    await row.getByRole('checkbox', { name: 'Select' }).check();
  }
  await print();
  await expect(exchanges('SH_INFO_ALL').filter({ visible: true })).toHaveCount(2);
  await expect(exchanges('SH_NEW')).toHaveCount(0);
  await putBack();
});
