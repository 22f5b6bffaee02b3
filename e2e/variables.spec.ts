import { expect, test } from './fixtures.ts';

test('braces can be data: variables are turned off for a message, which keeps that', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"ends in {{"}}');
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await console.send('{"SH_NEW":{"name":"Hi {{who}}"}}');
  await expect(console.composer.getByRole('alert')).toContainText('{{who}} has no value yet');
  const off = console.composer.getByRole('switch', { name: 'Variables off for this message' });
  await off.press('Space');
  await expect(console.composer.getByRole('alert')).toHaveCount(0);
  await console.button('Send').click();
  await expect(console.sessionRow(/Hi \{\{who\}\}/)).toBeVisible();
  await page.reload();
  await expect.poll(() => console.written()).toBe('{"SH_NEW":{"name":"Hi {{who}}"}}');
  await expect(off).toBeChecked();
  await off.press('Space');
  await console.button('Send').click();
  await expect(console.composer.getByRole('alert')).toContainText('{{who}} has no value yet');
});

test('the chip of {{tkn}} names its session, which only creating and opening change', async ({
  console,
}) => {
  await console.send('{"SH_NEW":{"name":"first"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toHaveCount(1);
  await console.send('{"SH_NEW":{"name":"x}y"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toHaveCount(2);
  await console.send('{"KV_COUNT":{"tkn":"{{tkn:first}}"}}');
  await expect(console.rows(/Received KV_COUNT_RSP, Ok/)).toHaveCount(1);
  await console.write('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  const used = console.composer.getByRole('list', { name: 'Variables in this message' });
  await expect(used).toHaveText(/\{\{tkn\}\} x\}y ··\d{4}/);
  await console.write('{"KV_COUNT":{"tkn":"{{tkn:x%7Dy}}"}}');
  await expect(used).toHaveText(/\{\{tkn:x%7Dy\}\} ··\d{4}/);
});
