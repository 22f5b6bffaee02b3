import type { Page } from '@playwright/test';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';
import { expect, test } from './fixtures.ts';

interface Story {
  /** Accessible name of the dialog. */
  readonly dialog: string;
  readonly open: (parts: { console: ConsolePage; page: Page }) => Promise<void>;
  /** What has the focus at once. */
  readonly focus: {
    readonly role: 'textbox' | 'radio' | 'tab' | 'button';
    readonly name: string;
    readonly isExact?: true;
  };
  /** Typed into it, and then Enter. Absent: the dialog has nothing to write. */
  readonly typed?: string;
  /** What is there afterwards. */
  readonly after?: (parts: { console: ConsolePage; page: Page }) => Promise<void>;
}

const showMessages = ({ console }: { console: ConsolePage }) =>
  console.panels.getByRole('button', { name: 'Saved' }).click();

const stories: readonly Story[] = [
  {
    dialog: 'Save message',
    open: ({ console }) => console.button('Save message').click(),
    focus: { role: 'textbox', name: 'Name' },
    typed: 'all of them',
    after: async (parts) => {
      await showMessages(parts);
      await expect(parts.page.getByRole('button', { name: 'Insert all of them' })).toBeVisible();
    },
  },
  {
    dialog: 'Saved message',
    open: ({ console }) => console.button('Edit all of them').click(),
    focus: { role: 'textbox', name: 'Name' },
    typed: 'another name',
    after: ({ page }) =>
      expect(page.getByRole('button', { name: 'Insert another name' })).toBeVisible(),
  },
  {
    dialog: 'New folder',
    open: ({ console }) => console.button('New folder').click(),
    focus: { role: 'textbox', name: 'Folder name' },
    typed: 'drawer',
    after: ({ page }) =>
      expect(page.getByRole('button', { name: 'Edit folder drawer' })).toBeVisible(),
  },
  {
    dialog: 'Rename folder',
    open: ({ console }) => console.button('Edit folder drawer').click(),
    focus: { role: 'textbox', name: 'Folder name' },
    typed: 'shelf',
    after: ({ page }) =>
      expect(page.getByRole('button', { name: 'Edit folder shelf' })).toBeVisible(),
  },
  {
    dialog: 'Rename tab',
    open: async ({ console, page }) => {
      await console.tabs.first().focus();
      await page.keyboard.press('F2');
    },
    focus: { role: 'textbox', name: 'Title' },
    typed: 'of today',
    after: ({ console }) => expect(console.tabs).toHaveText(['of today']),
  },
  {
    dialog: 'Connection details',
    open: ({ console }) => console.button('Connection details').click(),
    focus: { role: 'textbox', name: 'Name' },
    typed: 'Shop',
    after: ({ console }) => expect(console.connection).toHaveText('Connected to Shop'),
  },
  {
    dialog: 'Export messages',
    open: async ({ console, page }) => {
      await console.button('Export').click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
    focus: { role: 'radio', name: 'JSON', isExact: true },
  },
  {
    dialog: 'Settings',
    open: ({ console }) => console.button('Settings').click(),
    focus: { role: 'tab', name: 'General' },
  },
  {
    dialog: 'Close of today?',
    open: async ({ console, page }) => {
      await console.write('{"SH_INFO_ALL":{},"unsent":1}');
      await page.keyboard.press('Alt+W');
    },
    focus: { role: 'button', name: 'Keep' },
  },
];

test('each dialog has its first field ready: type, Enter, done', async ({ console, page }) => {
  for (const { dialog, open, focus, typed, after } of stories) {
    await test.step(dialog, async () => {
      await open({ console, page });
      const place = page.getByRole('dialog', { name: dialog, exact: true });
      await expect(
        place.getByRole(focus.role, { name: focus.name, exact: focus.isExact ?? false }),
      ).toBeFocused();
      if (typed === undefined) {
        await page.keyboard.press('Escape');
      } else {
        await page.keyboard.type(typed);
        await page.keyboard.press('Enter');
        await after?.({ console, page });
        if (await place.isVisible()) await page.keyboard.press('Escape');
      }
      await expect(place).toHaveCount(0);
    });
  }
});

test('the variables open with a field ready', async ({ console, page }) => {
  await console.button('Variables').click();
  const place = page.getByRole('dialog', { name: 'Variables' });
  await expect(place.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('user');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada');
  await page.keyboard.press('Enter');
  await expect(place.getByRole('listitem').filter({ hasText: 'user' })).toBeVisible();
});

/** Holds back what a pattern matches until the returned function is called. */
async function holdBack(page: Page, files: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(files, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('what is typed before the palette has its list is searched, and Enter waits for it', async ({
  console,
  page,
}) => {
  const release = await holdBack(page, /PaletteResults.*\.js/);
  await page.reload();
  await expect(console.editor).toBeVisible();
  const before = await console.written();
  await console.editor.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('combobox')).toHaveValue('settings');
  expect(await console.written()).toBe(before);
  release();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(palette).toHaveCount(0);
  expect(await console.written()).toBe(before);
});

test('what is typed into a dialog whose content is loading is kept', async ({ console, page }) => {
  const release = await holdBack(page, /ShellDialog.*\.js/);
  await page.reload();
  await expect(console.tabs).toHaveCount(1);
  await console.tabs.first().focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('of todax');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('y');
  await page.keyboard.press('Enter');
  release();
  await expect(console.tabs).toHaveText(['of today']);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a dialog that cannot be loaded closes by Escape, and its field is there after a retry', async ({
  console,
  page,
}) => {
  await page.route(/ShellDialog.*\.js/, (route) => route.abort());
  await page.reload();
  await expect(console.tabs).toHaveCount(1);
  await console.tabs.first().focus();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Rename tab' });
  await expect(dialog.getByRole('alert')).toContainText("Couldn't load this panel.");
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeFocused();
  await page.unroute(/ShellDialog.*\.js/);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(console.tabs.first()).toBeFocused();
});

test('the settings have one size on all pages, and a shortcut is found by its words', async ({
  console,
  page,
}) => {
  await console.button('Settings').click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('switch', { name: 'Two-pane view' })).toBeVisible();
  const size = await dialog.boundingBox();
  for (const name of ['Theme', 'Shortcuts'] as const) {
    await dialog.getByRole('tab', { name }).click();
    expect(await dialog.boundingBox()).toEqual(size);
  }
  const shortcuts = dialog.getByRole('term');
  await dialog.getByRole('searchbox', { name: 'Find a shortcut' }).fill('close tab');
  await expect(shortcuts).toHaveText(['Close tab']);
  await dialog.getByRole('searchbox', { name: 'Find a shortcut' }).fill('qqq');
  await expect(dialog.getByText('No results.')).toBeVisible();
});
