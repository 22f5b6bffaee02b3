import { expect, test } from './fixtures.ts';

test('the editor offers commands, then their parameters', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('');
  await console.editor.focus();
  await page.keyboard.type('{"');
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  await expect(offers.first()).toBeVisible();
  await page.keyboard.type('SH_NE');
  await expect(offers.first()).toContainText('SH_NEW');
  await page.keyboard.press('Enter');
  await expect.poll(() => console.written()).toContain('"SH_NEW"');
});

test('an unknown parameter is warned of and not held back', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"SH_NEW":{"name":"a","nmae":1}}');
  await expect(page.locator('.squiggly-warning').first()).toBeVisible();
  await console.button('Send').click();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
});

test('a command explains itself under the pointer', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"KV_ADDQ":{}}');
  const name = page.locator('.view-line').getByText('KV_ADDQ');
  const explanation = page.getByRole('tooltip').getByText(/Store only new keys/);
  // The language worker may still be on its way: a person would point again.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await name.hover();
    await expect(explanation.first()).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('undo brings back what a template replaced', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"SH_INFO_ALL":{}}');
  await console.button('Templates').click();
  await page.getByRole('menuitem', { name: /^KV_COUNT/ }).click();
  await expect.poll(() => console.written()).toContain('KV_COUNT');
  await console.editor.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => console.written()).toBe('{"SH_INFO_ALL":{}}');
});
