import type { Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

test('open, write, send and read the reply without touching the mouse', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.press('Alt+c');
  await expect(console.editor).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type('{"SH_NEW":{"name":"typed"}}');
  await page.keyboard.press('Control+Enter');
  const reply = console.rows(/Received SH_NEW_RSP, Ok/);
  await expect(reply).toBeVisible();

  // On from the editor by Tab: it is no trap, and the log is a stop on the way.
  const toggle = reply.getByRole('button', { name: 'Received SH_NEW_RSP' });
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await toggle.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(toggle).toBeFocused();
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await expect(reply).toContainText('"name": "typed"');
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(
    console
      .rows(/Connection: Connected/)
      .getByRole('button')
      .first(),
  ).toBeFocused();
});

test('a template is picked with the keys and its first value is ready to be typed over', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.button('Templates').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('basket');
  await expect.poll(() => console.written()).toBe('{\n  "SH_NEW": {\n    "name": "basket"\n  }\n}');
  // What is typed filters, and what was sent comes first.
  await console.send('{"SV_INFO":{}}');
  await console.button('Templates').press('Enter');
  await expect(page.getByRole('menuitem').first()).toHaveText(/^SV_INFO/);
  await page.keyboard.type('json path');
  await expect(page.getByRole('searchbox', { name: 'Find a template' })).toHaveValue('json path');
  await expect(page.getByRole('menuitem')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => console.written()).toContain('"KV_FIND"');
});

test('recent commands join the open list of templates when the history has loaded', async ({
  console,
  page,
}) => {
  await console.send('{"SV_INFO":{}}');
  await expect(console.rows(/Received SV_INFO_RSP/)).toBeVisible();
  const held: Route[] = [];
  await page.route(/libraryFeature/, (route) => void held.push(route));
  await page.reload({ waitUntil: 'commit' });
  await console.button('Templates').press('Enter');
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const highlighted = await items.nth(1).textContent();
  for (const route of held) await route.continue();
  await page.unroute(/libraryFeature/);
  await expect(items.first()).toHaveText(/^SV_INFO/);
  await expect(items.filter({ hasText: highlighted ?? '' }).first()).toBeFocused();
});

test('tabs open, switch and close by keys, each with its own connection, draft and log', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"first tab"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await page.keyboard.press('Alt+t');
  const tabs = page.getByRole('tablist', { name: 'Connections' }).getByRole('tab');
  await expect(tabs).toHaveCount(2);
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(console.rows(/Received/)).toHaveCount(0);
  expect(await console.written()).toBe('');
  await page.keyboard.press('Alt+1');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  expect(await console.written()).toBe('{"SH_NEW":{"name":"first tab"}}');
  await page.keyboard.press('Alt+w');
  await expect(tabs).toHaveCount(1);
});

test('a shortcut is changed, refused, switched off and reset in the settings', async ({
  console,
  page,
}) => {
  const openShortcuts = async () => {
    await console.button('Settings').click();
    await page.getByRole('tab', { name: 'Shortcuts' }).click();
  };
  await openShortcuts();
  await console.button('Change the keys of New tab').click();
  await page.keyboard.press('Control+p');
  const list = page.getByRole('tabpanel', { name: 'Shortcuts' });
  await expect(list.getByRole('alert')).toHaveText('Ctrl+P is used by the browser.');
  await page.keyboard.press('Alt+w');
  await expect(list.getByRole('alert')).toContainText('Already used for “Close tab”');
  await page.keyboard.press('Alt+n');
  await expect(console.button('Reset the keys of New tab')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(console.button('New tab')).toHaveAttribute('title', 'New tab (Alt+N)');
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Alt+n');
  await expect(console.tabs).toHaveCount(2);

  // It is kept, and all can be switched off at once.
  await page.reload();
  await expect(console.button('New tab')).toHaveAttribute('title', 'New tab (Alt+N)');
  await openShortcuts();
  await list.getByRole('switch', { name: 'Page shortcuts' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(console.tabs).toHaveCount(2);
  await openShortcuts();
  await list.getByRole('button', { name: 'Reset all shortcuts' }).click();
  await page.keyboard.press('Escape');
  await expect(console.button('New tab')).toHaveAttribute('title', 'New tab (Alt+T)');
});

test('braces that Option writes on a Mac are no shortcuts in the editor', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.press('Alt+t');
  await expect(console.tabs).toHaveCount(2);
  await console.editor.focus();
  const isFree = await page.evaluate(() =>
    [
      { code: 'Digit1', key: '{' },
      { code: 'KeyW', key: '∑' },
      { code: 'KeyT', key: 'Dead' },
    ].map((written) => {
      const event = new KeyboardEvent('keydown', {
        ...written,
        altKey: true,
        bubbles: true,
        cancelable: true,
      });
      document.activeElement?.dispatchEvent(event);
      return !event.defaultPrevented;
    }),
  );
  expect(isFree).toEqual([true, true, true]);
  await expect(console.tabs).toHaveCount(2);
  await expect(console.tabs.last()).toHaveAttribute('aria-selected', 'true');
});
