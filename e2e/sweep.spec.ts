import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';
import { layoutFaults } from './pages/layoutFaults.ts';
import { pseudo } from './pages/pseudo.ts';

const narrowest = 320;
const widest = 2560;
/** From here on panels stand side by side. */
const wide = 900;

function* widths(from: number, to: number, step = 40): Generator<number> {
  for (let width = from; width < to; width += step) yield width;
}

/** Panes side by side: beyond the widest laptop only room is added, so a few looks do. */
function* wideWidths(): Generator<number> {
  yield* widths(920, 1640);
  yield* widths(1640, widest + 1, 230);
}

/** With room beside the list it stands in the head of the panel instead. */
const isInHead = 'gone from Session: Widen sessions';

/** Every fault at every width. */
async function sweep(page: Page, at: Iterable<number>): Promise<string[]> {
  const seen = new Map<string, string[]>();
  const faults: string[] = [];
  for (const width of at) {
    await page.setViewportSize({ width, height: 800 });
    const found = (await layoutFaults(page, seen)).filter((fault) => fault !== isInHead);
    for (const fault of found) faults.push(`${width}: ${fault}`);
  }
  return faults;
}

/** Everything in the page that takes room: rows, matches, a chosen session, notices. */
async function fill(console: ConsolePage): Promise<void> {
  const { page } = console;
  await console.send('{"SH_NEW":{"name":"a session whose name is as long as a sentence"}}');
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await console.sessionRow(/a session whose name/).click();
  await expect(console.session).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('name');
  await expect(console.response.getByRole('status', { name: 'Matches' })).toHaveText(/of 2/);
}

const sides = ['Learn', 'Reference', 'Saved', 'History'];

/** Opens one of the panels on the left, or none. */
async function showLeft({ panels }: ConsolePage, name: string): Promise<void> {
  for (const side of sides) {
    const button = panels.getByRole('button', { name: side });
    const isOpen = (await button.getAttribute('aria-pressed')) === 'true';
    if (isOpen !== (side === name)) await button.click();
  }
}

// Thousands of looks would fill the trace. While something slides in, it is cut.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } });

for (const view of ['side by side', 'above one another']) {
  test(`no control is cut off or covered at any width, panes ${view}`, async ({
    console,
    page,
  }) => {
    test.slow(); // Some 160 looks.
    await fill(console);
    // Chosen, so that it is the same at every width.
    await page.setViewportSize({ width: view === 'side by side' ? 1440 : widest, height: 800 });
    await console.button('Settings').click();
    await page.getByRole('switch', { name: 'Two-pane view' }).click();
    await page.keyboard.press('Escape');
    const found: string[] = [];
    for (const sessions of ['open', 'closed']) {
      for (const left of sessions === 'open' ? [...sides, 'none'] : ['Learn', 'none']) {
        await page.setViewportSize({ width: widest, height: 800 });
        await showLeft(console, left);
        for (const fault of await sweep(page, wideWidths())) {
          found.push(`${left}, sessions ${sessions}, ${fault}`);
        }
      }
      await console.panels.getByRole('button', { name: 'Sessions' }).click();
    }
    expect(found).toEqual([]);
  });
}

test('no control is cut off or covered in a narrow window', async ({ console, page }) => {
  await fill(console);
  await page.setViewportSize({ width: 880, height: 800 });
  const found: string[] = [];
  for (const view of ['Compose', ...sides, 'Sessions']) {
    await console.panels.getByRole('button', { name: view }).click();
    for (const fault of await sweep(page, widths(narrowest, wide))) found.push(`${view}, ${fault}`);
  }
  expect(found).toEqual([]);
});

test('no control is cut off in dialogs and menus', async ({ console, page }) => {
  await fill(console);
  const dialog = page.getByRole('dialog');
  const found: string[] = [];
  for (const name of ['Settings', 'Connection details', 'Search or run', 'Save message']) {
    await page.setViewportSize({ width: 1440, height: 800 });
    await console.button(name).click();
    await expect(dialog).toBeVisible();
    const tabs = await dialog.getByRole('tab').all();
    for (const tab of tabs.length > 0 ? tabs : [undefined]) {
      await tab?.click();
      for (const fault of await sweep(page, widths(narrowest, 1440, 160)))
        found.push(`${name}, ${fault}`);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  expect(found).toEqual([]);
});

test('no control is cut off in a longer language, with a long address that nobody answers', async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}/?locale=pseudo`);
  const button = (name: string) => page.getByRole('button', { name: pseudo(name), exact: true });
  await button('Disconnect').click();
  const address = `ws://${'a-long-name-of-a-server.'.repeat(4)}localhost:9/with/a/long/path`;
  await page.getByRole('textbox', { name: pseudo('Server URL') }).fill(address);
  await button('Connect').click();
  await expect(button('Retry now')).toBeVisible();
  // Why there is no connection lies over the page until somebody has read it.
  await button('Hide').click();
  const found: string[] = [];
  found.push(...(await sweep(page, widths(wide, widest, 80))));
  await page.setViewportSize({ width: 880, height: 800 });
  for (const view of await page.getByRole('navigation').getByRole('button').all()) {
    await view.click();
    for (const fault of await sweep(page, widths(narrowest, wide, 80))) found.push(fault);
  }
  expect(found).toEqual([]);
});
