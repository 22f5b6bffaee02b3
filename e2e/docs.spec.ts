import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { axeFindingsInBothThemes } from './pages/axe.ts';

/** How much wider the page is than the window. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const contentsOf = (page: Page) => page.getByRole('navigation', { name: 'Documentation' });

test('the palette opens the documentation, and its links lead on', async ({ console, page }) => {
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('documentation');
  await page.keyboard.press('Enter');
  const docs = await opened;
  const faults: string[] = [];
  docs.on('pageerror', ({ message }) => faults.push(message));
  docs.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await expect(docs).toHaveTitle('Seshdeck documentation');
  await contentsOf(docs).getByRole('link', { name: 'Running the server' }).click();
  await expect(docs.getByRole('heading', { level: 1 })).toHaveText('Running the server');
  await expect(docs).toHaveTitle('Running the server – Seshdeck documentation');
  const current = contentsOf(docs).locator('[aria-current]');
  await expect(current).toHaveText('Running the server');
  await expect(current).toHaveAttribute('aria-current', 'page');

  // A part of the page, and another page.
  await docs
    .getByRole('navigation', { name: 'On this page' })
    .getByRole('link', { name: 'Limits' })
    .click();
  await expect(docs.getByRole('heading', { name: 'Limits' })).toBeInViewport();
  await expect(docs).toHaveURL(/\/docs\/operations#limits$/);

  // A lesson is in the console.
  await contentsOf(docs).getByRole('link', { name: 'Shared sessions' }).click();
  await expect(docs.getByRole('region', { name: 'Tutorial' })).toContainText('Shared sessions');
  expect(faults).toEqual([]);
  await expect(console.connection).toHaveText(/Connected to/);
});

test('the reference panel links to the documentation', async ({ console, page }) => {
  await console.panels.getByRole('button', { name: 'Reference' }).click();
  const opened = page.context().waitForEvent('page');
  await console.reference.getByRole('link', { name: 'Documentation' }).click();
  await expect(await opened).toHaveURL(/\/docs$/);
});

test('the search finds a place, with the keyboard alone', async ({ page, server }) => {
  await page.goto(`${server.url}/docs`);
  await page.getByRole('searchbox', { name: 'Search the documentation' }).focus();
  await page.keyboard.type('trust proxy');
  const results = page.getByRole('region', { name: 'Search results' });
  await expect(results.getByRole('status')).toHaveText(/places?$/);
  await page.keyboard.press('ArrowDown');
  await expect(results.getByRole('link').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(results).toBeHidden();
  await page.keyboard.type(' xyzzy');
  await expect(results.getByRole('status')).toHaveText(/^Nothing found for/);
  await page.getByRole('searchbox').fill('behind a proxy');
  await expect(results.getByRole('link').first()).toContainText('Behind a proxy');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Behind a proxy' })).toBeInViewport();
});

test('a block of code is copied as it stands', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${server.url}/docs/client`);
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^import \{ connect \} from 'seshdeck\/client';\n/);
});

test('the theme chosen in the console is that of the documentation', async ({ console, page }) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('switch to dark');
  await page.keyboard.press('Enter');
  await page.goto(new URL('/docs', page.url()).href);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto(new URL('/', page.url()).href);
  await expect(console.connection).toHaveText(/Connected to/);
});

for (const width of [1440, 1024, 390]) {
  test(`axe finds nothing in either theme, and nothing sticks out, ${width} px`, async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['', '/client', '/inspector']) {
      await page.goto(`${server.url}/docs${path}`);
      expect(await axeFindingsInBothThemes(page), path).toEqual([]);
      expect(await overhang(page), path).toBeLessThanOrEqual(0);
    }
    const contents = contentsOf(page);
    if (width > 900) return;
    await expect(contents).toBeHidden();
    await page.getByRole('button', { name: 'Contents' }).click();
    await contents.getByRole('link', { name: 'Several machines' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Several machines');
    await expect(contents).toBeHidden();
  });
}

test('on a phone, results lie over the text, and words in tables stay whole', async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/docs`);
  await page.getByRole('searchbox').fill('session');
  const results = page.getByRole('region', { name: 'Search results' });
  await expect(results.getByRole('link').first()).toBeVisible();
  const uncovered = await results.getByRole('link').evaluateAll(
    (links) =>
      links.filter((link) => {
        const { left, top, width, height } = link.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const isSeen = y < (link.closest('div')?.getBoundingClientRect().bottom ?? 0);
        return isSeen && !link.contains(document.elementFromPoint(x, y));
      }).length,
  );
  expect(uncovered).toBe(0);

  await page.goto(`${server.url}/docs/operations`);
  const table = page.getByRole('table').filter({ hasText: '--max-sessions' }).first();
  const breaks = await table.evaluate((element) => getComputedStyle(element).overflowWrap);
  expect(breaks).toBe('break-word');
  const scroller = table.locator('..');
  await expect(scroller).toHaveAttribute('tabindex', '0');
});
