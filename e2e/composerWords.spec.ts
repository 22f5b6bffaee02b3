import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Words and names in a part of the page that are in no file of texts and are no data. */
async function unmarked(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const all = [root, ...root.querySelectorAll('*')];
    const words = all.flatMap((element) => {
      if (element.closest('[translate="no"], [data-content], .monaco-editor')) return [];
      const names = ['aria-label', 'title', 'placeholder'].map((name) =>
        element.getAttribute(name),
      );
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return [...names, ...texts.map(({ textContent }) => textContent)];
    });
    return words.filter((word) => /[A-Za-z]/.test(word ?? '') && !word?.includes('⟦')) as string[];
  });
}

/** A text whichever letters of it have an accent. */
const like = (text: string) => new RegExp(`^⟦${text.replace(/[aceinou]/gi, '.')}`);

test('in the pseudo-locale no word of the composer and of what is kept is outside the files of texts', async ({
  page,
  server,
}) => {
  test.slow(); // One walk through all that is said; the editor may come at any time.
  await page.goto(`${server.url}/?locale=pseudo`);
  const composer = page.getByRole('region', { name: like('Compose message') });
  const dialog = page.getByRole('dialog');
  const button = (name: string, within: Locator = page.locator('body')) =>
    within.getByRole('button', { name: like(name) });
  const send = async (text: string) => {
    await page.evaluate((written) => window.seshdeck.composer.setText(written), text);
    await button('Send', composer).first().click();
  };
  await send('{"SH_NEW":{"name":"user1"}}');
  await expect(page.getByRole('log')).toContainText('SH_NEW_RSP');
  await send(
    '{"KV_SET":{"tkn":7,"keys":{"a":"{{who}}","n":14247375118774737462}}}\n{"SV_INFO":{}}',
  );
  await expect(composer.getByRole('alert')).toBeVisible();
  expect(await unmarked(composer)).toEqual([]);

  await button('Variables', composer).click();
  await expect(dialog).toBeVisible();
  expect(await unmarked(dialog)).toEqual([]);
  await page.keyboard.press('Escape');
  await button('Save message', composer).click();
  expect(await unmarked(dialog)).toEqual([]);
  await dialog.getByRole('textbox').fill('mine');
  await button('Save', dialog).click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Alt+c');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  const recalled = composer.getByRole('status', { name: like('Recalled message') });
  await expect(recalled).toContainText('1 of 1');
  expect(await unmarked(composer)).toEqual([]);

  const rail = page.getByRole('navigation').getByRole('button');
  await rail.nth(2).click();
  const saved = page.getByRole('region', { name: like('Saved messages') });
  await button('New folder', saved).click();
  expect(await unmarked(dialog)).toEqual([]);
  await dialog.getByRole('textbox').fill('basket');
  await page.keyboard.press('Enter');
  await button('Edit folder', saved).click();
  expect(await unmarked(dialog)).toEqual([]);
  await page.keyboard.press('Escape');
  await button('Edit mine', saved).click();
  expect(await unmarked(dialog)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await unmarked(saved)).toEqual([]);

  await rail.nth(3).click();
  const history = page.getByRole('region', { name: like('History') });
  await button('Rename SH_NEW', history).click();
  expect(await unmarked(dialog)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await unmarked(history)).toEqual([]);
});
