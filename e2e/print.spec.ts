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
