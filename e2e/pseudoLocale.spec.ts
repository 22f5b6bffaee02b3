import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { pseudo } from './pages/pseudo.ts';

test.use({ editor: 'full' });

/**
 * Words on screen and names for screen readers that are in no file of texts: what is left when
 * all that is marked by ⟦ ⟧, data (`translate="no"`, `data-content`) and the editor are taken away.
 */
async function unmarkedWords(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const skipped = [
      '[translate="no"]',
      '[data-content]',
      '.monaco-editor',
      '.plain-editor',
      'script',
    ];
    const withoutMarked = (text: string) => {
      let rest = text;
      // Marked texts can hold marked texts: from the inside out.
      while (/⟦[^⟦⟧]*⟧/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
      return rest;
    };
    const all = [...body.querySelectorAll('*')].filter(
      (element) => element.closest(skipped.join()) === null,
    );
    const wordsOf = (element: Element) => {
      const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const said = [
        ...names.map((name) => element.getAttribute(name) ?? ''),
        ...texts.map(({ textContent }) => textContent ?? ''),
      ];
      // Units are the same in every language.
      const isFigure = (text: string) =>
        /^(?:[\d.,]+ ?(?:B|kB|MB|GB|µs|ms|s|m|h|d|%) ?)+$/.test(text);
      const words = said.map((text) => text.trim()).filter((text) => !isFigure(text));
      return words.filter((text) => /[A-Za-z]/.test(withoutMarked(text)));
    };
    return [...new Set(all.flatMap(wordsOf))];
  });
}

test('in the pseudo-locale every word on screen is in a file of texts', async ({
  page,
  server,
  otherClient,
}) => {
  test.slow(); // One walk through all of the page.
  await otherClient.newSession('{"name":"user1"}');
  await page.goto(`${server.url}/?locale=pseudo`);
  const check = async (view: string) => expect(await unmarkedWords(page), view).toEqual([]);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const tutorial = page.getByRole('region', { name: pseudo('Tutorial') });
  await expect(tutorial).toContainText('⟦');
  await expect(page.getByRole('status', { name: pseudo('Connection') })).toContainText('127.0.0.1');
  await check('first look');

  const views = page.getByRole('tablist', { name: pseudo('Views of this server') });
  for (const at of [1, 2, 3, 0]) {
    await views.getByRole('tab').nth(at).click();
    await check(`view ${at + 1} of the inspector`);
  }

  await page.getByRole('row', { name: 'user1' }).getByRole('button').click();
  await expect(page.getByRole('region', { name: pseudo('Session'), exact: true })).toBeVisible();
  await check('a session');
  await page.getByRole('tab', { name: pseudo('Timeline') }).click();
  await check('timeline');
  const rail = page.getByRole('navigation').getByRole('button');
  for (const at of [1, 2, 3]) {
    await rail.nth(at).click();
    await check(`panel ${at + 1}`);
  }

  await page.keyboard.press('Control+k');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.first()).toBeVisible();
  await check('command palette');
  await page.keyboard.type('qqqq');
  await expect(options).toHaveCount(0);
  await check('command palette without a result');
  await page.keyboard.press('Escape');

  await checkDialogs(page, check);

  await server.kill();
  await expect(page.getByText(/⟦Reconnecting in/).first()).toBeVisible();
  await check('connection lost');
});

async function checkDialogs(page: Page, check: (view: string) => Promise<void>): Promise<void> {
  const dialog: Locator = page.getByRole('dialog');
  await page.getByRole('button', { name: pseudo('Settings'), exact: true }).click();
  await dialog.getByRole('switch').nth(3).click();
  await check('settings, general');
  for (const at of [1, 2]) {
    await dialog.getByRole('tab').nth(at).click();
    await check(`settings, page ${at + 1}`);
  }
  await dialog.getByRole('tab').first().click();
  await dialog
    .getByRole('button', { name: '⟦Cléár' })
    .or(dialog.getByText(pseudo('Clear all data')))
    .last()
    .click();
  await check('clear all data');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: pseudo('Connection details') }).click();
  await expect(dialog.getByRole('spinbutton')).toBeVisible();
  await check('connection details');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Alt+t');
  await page.evaluate(() => window.seshdeck.composer.setText('unsent'));
  await page.keyboard.press('Alt+w');
  await check('closing a tab');
  await page.keyboard.press('Escape');
  await page.locator('.connection-tabs').getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('F2');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await check('renaming a tab');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: pseudo('Tab menu') }).click();
  await check('tab menu');
  await page.keyboard.press('Escape');
}
