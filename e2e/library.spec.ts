import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';

async function open(page: Page, panel: 'Saved' | 'History') {
  const panels = page.getByRole('navigation', { name: 'Panels' });
  await panels.getByRole('button', { name: panel }).click();
  return page.getByRole('region', { name: panel === 'History' ? 'History' : 'Saved messages' });
}

async function save(console: ConsolePage, name: string) {
  await console.write(`{"SH_NEW":{"name":"${name}"}}`);
  await console.button('Save message').click();
  const dialog = console.page.getByRole('dialog', { name: 'Save message' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test('saved messages are put into folders, ordered, annotated, and still so after a reload', async ({
  console,
  page,
}) => {
  for (const name of ['one', 'two', 'three']) await save(console, name);
  let saved = await open(page, 'Saved');
  const names = (folder: string) =>
    saved
      .getByRole('region', { name: folder })
      .getByRole('button', { name: /^Insert / })
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  await saved.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Folder name' }).fill('basket');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const basket = saved.getByRole('region', { name: 'basket' });
  await saved.getByRole('button', { name: 'Insert two' }).dragTo(basket);
  await expect.poll(() => names('basket')).toEqual(['Insert two']);
  await saved.getByRole('button', { name: 'Insert three' }).press('Alt+ArrowUp');
  await expect.poll(() => names('No folder')).toEqual(['Insert three', 'Insert one']);
  await saved.getByRole('button', { name: 'Edit one' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('for the demo');
  await page.getByRole('combobox', { name: 'Folder' }).fill('basket');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  saved = await open(page, 'Saved');
  await expect.poll(() => names('basket')).toEqual(['Insert one', 'Insert two']);
  await expect(saved.getByRole('button', { name: 'Insert one' })).toContainText('for the demo');
});

test('a message is dragged before another one, or moved there by keys, which keep the focus', async ({
  console,
  page,
}) => {
  for (const name of ['one', 'two', 'three']) await save(console, name);
  let saved = await open(page, 'Saved');
  const rows = () => saved.getByRole('button', { name: /^Insert / });
  const row = (name: string) => saved.getByRole('button', { name: `Insert ${name}` });
  const names = () => rows().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  await row('three').dragTo(row('one'));
  await expect.poll(names).toEqual(['Insert three', 'Insert one', 'Insert two']);
  await row('three').press('Alt+ArrowDown');
  await expect.poll(names).toEqual(['Insert one', 'Insert three', 'Insert two']);
  await expect(row('three')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(names).toEqual(['Insert one', 'Insert two', 'Insert three']);
  await page.reload();
  saved = await open(page, 'Saved');
  await expect.poll(names).toEqual(['Insert one', 'Insert two', 'Insert three']);
});

test('a deleted message can be had back, and all of them travel through a file unchanged', async ({
  console,
  page,
}) => {
  await save(console, 'one');
  const saved = await open(page, 'Saved');
  const insert = saved.getByRole('button', { name: 'Insert one' });
  const remove = async () => {
    await saved.getByRole('button', { name: 'Edit one' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(insert).toHaveCount(0);
  };
  await remove();
  await saved.getByRole('button', { name: 'Undo' }).click();
  await expect(insert).toBeVisible();
  const exportFile = async () => {
    const download = page.waitForEvent('download');
    await saved.getByRole('button', { name: 'Export messages to a file' }).click();
    return (await download).path();
  };
  const file = await exportFile();
  const before = await readFile(file, 'utf8');
  await remove();
  await saved.locator('input[type=file]').setInputFiles(file);
  await expect(saved.getByRole('status')).toContainText('1 message imported');
  await expect(insert).toBeVisible();
  expect(await readFile(await exportFile(), 'utf8')).toBe(before);
});

test('a file that is no library says so and changes nothing', async ({ console, page }) => {
  await save(console, 'one');
  const saved = await open(page, 'Saved');
  await saved
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('[]') });
  await expect(saved.getByRole('status')).toContainText('has no saved messages');
  await expect(saved.getByRole('button', { name: 'Insert one' })).toBeVisible();
});

test('what was sent is in the history after a reload, without its token, found and pinned', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  await console.send('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  await expect(console.rows(/Received KV_COUNT_RSP/)).toHaveCount(2);
  let history = await open(page, 'History');
  await expect(history.getByRole('button', { name: 'Insert KV_COUNT' })).toHaveCount(1);
  await history.getByRole('button', { name: 'Pin SH_NEW' }).click();
  await history.getByRole('button', { name: 'Rename KV_COUNT' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('how many');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  history = await open(page, 'History');
  await history.getByRole('button', { name: 'Clear history' }).click();
  await expect(history.getByRole('button', { name: /^Insert/ })).toHaveCount(1);
  await history.getByRole('button', { name: 'Undo' }).click();
  await expect(history.getByRole('button', { name: 'Insert how many' })).toBeVisible();
  await history.getByRole('button', { name: 'Clear history' }).click();
  await expect(history.getByRole('button', { name: /^Insert/ })).toHaveCount(1);
  const pinned = history.getByRole('region', { name: 'Pinned' });
  await expect(pinned.getByRole('button', { name: 'Insert SH_NEW' })).toBeVisible();
  await history.getByRole('searchbox', { name: 'Find in history' }).fill('nowhere');
  await expect(history).toContainText('No results.');
  await history.getByRole('button', { name: 'Show all' }).click();
  await pinned.getByRole('button', { name: 'Insert SH_NEW' }).click();
  await expect.poll(() => console.written()).toBe('{"SH_NEW":{"name":"user1"}}');
  expect(await page.evaluate(() => Object.values(localStorage).join())).not.toMatch(/\d{15}/);
});

test('a message of the history is found by its text and by the name it was given, after a reload as well', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"basket"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"SV_INFO":{}}');
  await expect(console.rows(/Received SV_INFO_RSP/)).toBeVisible();
  let history = await open(page, 'History');
  await history.getByRole('button', { name: 'Rename SV_INFO' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('how is it');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  history = await open(page, 'History');
  const rows = history.getByRole('button', { name: /^Insert/ });
  await expect(rows).toHaveCount(2);
  const search = history.getByRole('searchbox', { name: 'Find in history' });
  await search.fill('HOW IS');
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAccessibleName('Insert how is it');
  await search.fill('basket');
  await expect(rows).toHaveAccessibleName('Insert SH_NEW');
  await history.getByRole('button', { name: 'Remove SH_NEW' }).click();
  await history.getByRole('button', { name: 'Show all' }).click();
  await expect(rows).toHaveAccessibleName('Insert how is it');
});

test('a saved message is found, sent, changed and saved back by keys; a new one goes into a folder', async ({
  console,
  page,
}) => {
  await save(console, 'one');
  // It is known by now: the same keys save it again, and that can be undone.
  await console.write('{"SH_NEW":{"name":"two"}}');
  await console.editor.focus();
  await page.keyboard.press('Control+s');
  const notice = console.composer.getByRole('status').filter({ hasText: 'Updated one.' });
  await expect(notice).toBeVisible();
  await console.write('{"SV_INFO":{}}');
  await expect(notice).toHaveCount(0);
  const saved = await open(page, 'Saved');
  await saved.getByRole('searchbox', { name: 'Find saved messages' }).fill('"TWO"');
  await saved.getByRole('button', { name: 'Send one' }).click();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await expect(console.sessionRow(/two/)).toBeVisible();
  await console.button('Save message').click();
  const dialog = page.getByRole('dialog', { name: 'Save message' });
  await expect(dialog.getByRole('button', { name: 'Update' })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('copy');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill('basket');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await saved.getByRole('searchbox', { name: 'Find saved messages' }).fill('basket');
  await expect(saved.getByRole('button', { name: /^Insert/ })).toHaveAccessibleName('Insert copy');
});

test('a conversation is one entry of the history, with its commands', async ({ console, page }) => {
  const text = '{"SH_NEW":{"name":"a"}}\n{"SV_INFO":{}}';
  await console.send(text);
  await expect(console.rows(/Received SV_INFO_RSP/)).toBeVisible();
  const history = await open(page, 'History');
  const entry = history.getByRole('button', { name: 'Insert 2 messages' });
  await expect(entry).toContainText('SH_NEW, SV_INFO');
  await expect(history.getByRole('button', { name: /^Insert/ })).toHaveCount(1);
  await console.write('');
  await entry.click();
  await expect.poll(() => console.written()).toBe(text);
});
