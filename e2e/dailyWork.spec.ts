import { commandNames } from '../protocol/commands/catalog.ts';
import { expect, test } from './fixtures.ts';

test('every command has a template, which is put in and sent', async ({ console, page }) => {
  await console.button('Templates').click();
  const items = page.getByRole('menuitem').locator('code');
  expect((await items.allInnerTexts()).toSorted()).toEqual(commandNames.toSorted());
  await page.getByRole('menuitem', { name: /^SH_NEW\b/ }).click();
  await expect.poll(() => console.written()).toContain('"SH_NEW"');
  await console.button('Send').click();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
});

test('invalid JSON and variables without a value are held back, and say where and why', async ({
  console,
}) => {
  await console.send('{\n  "SH_INFO": {,}\n}');
  const alert = console.composer.getByRole('alert');
  await expect(alert).toContainText('line 2, column 15');
  await expect(console.rows(/Sent/)).toHaveCount(0);
  await console.send('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  await expect(alert).toContainText('{{tkn}} has no value yet');
  await expect(console.rows(/Sent/)).toHaveCount(0);
  await console.write('{"SH_INFO_ALL":{}}');
  await expect(alert).toHaveCount(0);
  await console.send('{');
  await console.button('Send anyway').click();
  await expect(console.rows(/Received ERR, JsonInvalid/)).toBeVisible();
});

test('the log is narrowed by what to show and by search, over the whole payload', async ({
  console,
  page,
}) => {
  const needle = 'needle at the end';
  await console.send(`{"SH_NEW":{"name":"${'x'.repeat(5000)}${needle}"}}`);
  await console.send('{"SH_INFO":{"tkn":"7"}}');
  await expect(console.rows(/Received SH_INFO_RSP/)).toBeVisible();
  const show = page.getByRole('combobox', { name: 'Show' });
  await show.selectOption('Failures');
  await expect(console.rows(/./)).toHaveCount(1);
  await expect(console.rows(/SessionNotExist/)).toBeVisible();
  await show.selectOption('All messages');
  await page.getByRole('searchbox', { name: 'Search messages' }).fill(needle);
  await expect(console.rows(/./)).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('nowhere');
  await page.getByRole('button', { name: 'Show all messages' }).click();
  await expect(console.rows(/Connection: Connected/)).toBeVisible();
});

test('an exchange is copied as it went over the wire, edited, and sent again', async ({
  console,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_INFO":{"tkn":"7"}}');
  const reply = console.rows(/Received SH_INFO_RSP/);
  await reply.hover();
  await reply.getByRole('button', { name: 'Copy message' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      '{"SH_INFO":{"tkn":"7"}}\n{"SH_INFO_RSP":{"st":100,"tkn":"7","shared":null,"keyCnt":null}}',
    );
  const sent = console.rows(/Sent SH_INFO/);
  await sent.hover();
  await sent.getByRole('button', { name: 'Send again' }).click();
  await expect(console.rows(/Received SH_INFO_RSP/)).toHaveCount(2);
  await console.write('');
  await sent.first().hover();
  await sent.first().getByRole('button', { name: 'Edit in composer' }).click();
  await expect.poll(() => console.written()).toBe('{"SH_INFO":{"tkn":"7"}}');
});

test('settings take effect at once and outlive a reload', async ({ console, page }) => {
  await console.button('Settings').click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('switch', { name: 'Two-pane view' }).click();
  await dialog.getByRole('tab', { name: 'Theme' }).click();
  await dialog.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const composer = await console.composer.boundingBox();
  const response = await console.response.boundingBox();
  expect(response?.x ?? 0).toBeGreaterThan((composer?.x ?? 0) + 100);
});

test('the system theme is followed live', async ({ console, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(console.connection).toBeVisible();
});

test('a saved message comes back after a reload, without its token', async ({ console, page }) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.write('{"KV_COUNT":{"tkn":"14247375118774737462"}}');
  await console.button('Save message').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('how many');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  const panels = page.getByRole('navigation', { name: 'Panels' });
  await panels.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('button', { name: 'Insert how many' }).click();
  await expect
    .poll(() => console.written())
    .toMatch(/^\{"KV_COUNT":\{"tkn":"\{\{token ··7462 \w+\}\}"\}\}$/);
});
