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

test('the chip of a token shows its session, chooses another one, and puts the token in', async ({
  console,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_NEW":{"name":"first"}}');
  await expect(console.sessionRow(/first/)).toBeVisible();
  await console.send('{"SH_NEW":{"name":"second"}}');
  await expect(console.sessionRow(/second/)).toBeVisible();
  await console.write('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  const chip = console.composer.getByRole('button', { name: /^Session of tkn/ });
  await expect(chip).toContainText('second');
  await chip.click();
  await page.getByRole('menuitem', { name: 'Show in Sessions' }).click();
  await expect(console.session).toContainText('second');
  await chip.click();
  await page.getByRole('menuitem', { name: /^first/ }).click();
  await expect(chip).toContainText('first');
  await chip.click();
  await page.getByRole('menuitem', { name: 'Copy token' }).click();
  await expect(console.composer).toContainText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^\d+$/);
  await chip.click();
  await page.getByRole('menuitem', { name: 'Replace with the token' }).click();
  expect(await console.written()).toBe(`{"KV_COUNT":{"tkn":"${copied}"}}`);
  await console.write('{"KV_COUNT":{"tkn":"{{tkn:first}}"}}');
  await console.composer.getByRole('button', { name: /^Session of tkn:first/ }).click();
  await page.getByRole('menuitem', { name: /^second/ }).click();
  await expect.poll(() => console.written()).toBe('{"KV_COUNT":{"tkn":"{{tkn:second}}"}}');
});

test('after a reload the session of {{tkn}} is used and the message sent with one press', async ({
  console,
  page,
}) => {
  for (const name of ['other', 'basket']) {
    await console.send(`{"SH_NEW":{"name":"${name}"}}`);
    await expect(console.sessionRow(new RegExp(name))).toBeVisible();
  }
  await console.write('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  await page.reload();
  await expect(console.sessionRow(/basket/)).toBeVisible();
  await console.button('Send').click();
  await console.composer.getByRole('button', { name: /^Use basket ··\d+ and send$/ }).click();
  await expect(console.rows(/Received KV_COUNT_RSP, Ok/)).toBeVisible();
});
