import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { pseudo } from './pages/pseudo.ts';

/** Texts and names in a region that are neither marked as of the pseudo-locale nor content. */
async function unmarked(region: Locator): Promise<string[]> {
  return region.evaluate((root) => {
    const words = [root, ...root.querySelectorAll('*')].flatMap((element) => {
      if (element.closest('[data-content], [translate="no"]')) return [];
      const names = ['aria-label', 'title', 'placeholder'].map((name) =>
        element.getAttribute(name),
      );
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return [...names, ...texts.map(({ textContent }) => textContent)];
    });
    return words.flatMap((word) => (word?.trim() && !word.includes('⟦') ? [word] : []));
  });
}

test('in the pseudo-locale no word of the tutorial and the reference is outside the files of texts', async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}/?locale=pseudo`);
  const tutorial = page.getByRole('region', { name: pseudo('Tutorial') });
  const outline = tutorial.getByTitle(pseudo('Show or hide all lessons'));
  await outline.click();
  await tutorial.getByRole('button', { name: /^Ending sessions/ }).click();
  await outline.click();
  expect(await unmarked(tutorial)).toEqual([]);
  await tutorial.getByRole('button', { name: 'End one of them' }).click();
  await expect(tutorial).toContainText('{{tkn:first}}');
  expect(await unmarked(tutorial)).toEqual([]);
  await tutorial.getByRole('button', { name: pseudo('Create a session') }).click();
  await tutorial.getByRole('button', { name: pseudo('Run') }).click();
  await expect(tutorial.getByText(pseudo('Done:'))).toBeVisible();
  expect(await unmarked(tutorial)).toEqual([]);

  await page.getByRole('navigation').getByRole('button').nth(1).click();
  const reference = page.getByRole('region', { name: pseudo('Reference') });
  await expect(reference.getByRole('heading', { name: 'SH_END' })).toBeVisible();
  expect(await unmarked(reference)).toEqual([]);
  await reference.getByRole('button', { name: pseudo('All commands') }).click();
  await expect(reference.getByRole('button', { name: /^SH_NEW/ })).toBeVisible();
  expect(await unmarked(reference)).toEqual([]);
});
