import type { Page } from '@playwright/test';
import { expect, test } from './logFixtures.ts';

test.use({ editor: 'full' });

const paletteOf = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  return { dialog, field: dialog.getByRole('combobox', { name: 'Search or run' }) };
};

test('the palette opens from within the editor, finds by a few letters and runs', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.editor.focus();
  await page.keyboard.press('Control+k');
  const { dialog, field } = paletteOf(page);
  await expect(field).toBeFocused();
  await page.keyboard.type('ins kv_get');
  await expect(dialog.getByRole('option').first()).toHaveAccessibleName('Insert KV_GET');
  await expect(dialog.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => console.written()).toContain('"KV_GET"');
  await expect(console.editor).toBeFocused();

  // What was chosen last comes first, also after a reload. No Ctrl+K got as far as the editor.
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  await page.keyboard.press('Control+k');
  await expect(dialog.getByRole('option').first()).toHaveAccessibleName('Insert KV_GET');
  const suggested = dialog.getByRole('group', { name: 'Suggested' }).getByRole('option');
  await expect(suggested.first()).toHaveAccessibleName('Send');
  await page.keyboard.press('Control+k');
  await expect(dialog).toHaveCount(0);
});

test('arrows move through the results and Escape gives the focus back', async ({
  console,
  page,
}) => {
  const search = page.getByRole('searchbox', { name: 'Find sessions' });
  await search.focus();
  await page.keyboard.press('Control+k');
  const { dialog, field } = paletteOf(page);
  await field.fill('tab');
  const options = dialog.getByRole('option');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await field.fill('qqqq');
  await expect(dialog.getByText('No results.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();
  await expect(console.tabs).toHaveCount(1);
});

test('lessons, sessions and tabs are found as well', async ({ console, page, otherClient }) => {
  await otherClient.newSession('{"name":"of another"}');
  await expect(console.sessionRow(/of another/)).toBeVisible();
  const { field } = paletteOf(page);
  await console.button('Search or run').click();
  await field.fill('show session another');
  await page.keyboard.press('Enter');
  await expect(console.session).toContainText('of another');
  await page.keyboard.press('Control+k');
  await field.fill('set as tkn another');
  await page.keyboard.press('Enter');
  const notice = page.getByRole('status', { name: 'Notice' });
  await expect(notice).toContainText('{{tkn}} is now the token of of another.');
  await expect(notice.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await field.fill('lesson set and get');
  await page.keyboard.press('Enter');
  await expect(console.tutorial.getByText('Step 1 of 8')).toBeVisible();
});

test('every button of every toolbar is in the palette and in the list of shortcuts', async ({
  console,
  log,
  page,
  server,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await console.sessionRow(/user1/).click();
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  const toolbars = page.locator('header, nav, .panel-head, .connection-tabs');
  const names = () =>
    toolbars
      .getByRole('button')
      .evaluateAll((buttons) =>
        buttons
          .filter((button) => !(button as HTMLButtonElement).disabled)
          .map((button) => button.getAttribute('aria-label') ?? button.textContent.trim()),
      );
  // The first is the palette itself. A tab's own button does what Close tab does to the active one.
  // The head of the tutorial opens the lessons, each of which is in the palette.
  const elsewhere = ['Search or run', 'Tab menu', `Close ${server.host}`];
  const isElsewhere = (name: string) =>
    elsewhere.includes(name) || name.startsWith('1Create session');
  const found = new Set<string>();
  const options = paletteOf(page).dialog.getByRole('option');
  const panels = page.getByRole('navigation', { name: 'Panels' });
  // Learn and Sessions are open at first: pressing theirs would close them.
  const all = await panels.getByRole('button').allInnerTexts();
  const closed = all.filter((name) => !['Learn', 'Sessions'].includes(name));
  for (const panel of [...closed, 'Learn']) {
    await panels.getByRole('button', { name: panel }).click();
    await expect(page.locator('.panel[aria-busy=true]')).toHaveCount(0);
    const shown = await names();
    for (const name of shown) found.add(name);
    await page.keyboard.press('Control+k');
    await expect(options.first()).toBeVisible();
    const missing = async () => {
      const listed = await options.evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''));
      return shown.filter((name) => !listed.includes(name) && !isElsewhere(name));
    };
    await expect.poll(missing).toEqual([]);
    await page.keyboard.press('Escape');
  }
  for (const name of [
    'Beautify',
    'Close session',
    'Start over',
    'Follow the cursor',
    'New folder',
    'Import messages from a file',
    'Clear history',
  ]) {
    expect([...found]).toContain(name);
  }

  const shown = await names();
  await console.button('Settings').click();
  await page.getByRole('tab', { name: 'Shortcuts' }).click();
  const terms = page.getByRole('tabpanel', { name: 'Shortcuts' }).getByRole('term');
  const missing = async () => {
    const inList = [...(await terms.allTextContents()), 'Tab menu', `Close ${server.host}`];
    return shown.filter((name) => !inList.includes(name) && !isElsewhere(name));
  };
  await expect.poll(missing).toEqual([]);
});

test('AltGr and an input method write, and open nothing', async ({ console, page }) => {
  await console.editor.focus();
  const press = (
    init: Pick<KeyboardEventInit, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'isComposing'>,
  ) =>
    page.evaluate((given) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given });
      document.activeElement?.dispatchEvent(event);
      return event.defaultPrevented;
    }, init);
  expect(await press({ code: 'KeyK', key: 'k', ctrlKey: true, isComposing: true })).toBe(false);
  expect(await press({ code: 'KeyT', key: 'þ', ctrlKey: true, altKey: true })).toBe(false);
  await expect(paletteOf(page).dialog).toHaveCount(0);
  await expect(console.tabs).toHaveCount(1);
});

test('behind a dialog no shortcut does anything', async ({ console, page }) => {
  await console.button('Settings').click();
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Control+k');
  await expect(paletteOf(page).dialog).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(console.tabs).toHaveCount(1);
});

test('the list of shortcuts has the keys of the palette and of the tabs', async ({
  console,
  page,
}) => {
  await console.button('Settings').click();
  await page.getByRole('tab', { name: 'Shortcuts' }).click();
  const list = page.getByRole('tabpanel', { name: 'Shortcuts' });
  for (const line of [/Search or run\s*Ctrl\s*K/, /Reopen closed tab\s*Alt\s*Shift\s*T/]) {
    await expect(list).toContainText(line);
  }
  const ofLog = list.getByRole('region', { name: 'Response' });
  for (const line of [
    /Move through the log\s*↑\s*↓/,
    /Move by a page\s*Page Up\s*Page Down/,
    /Quick look\s*Space/,
    /Select\s*X/,
    /Select while moving\s*Shift\s*↑/,
    /Select all\s*Ctrl\s*A/,
    /Copy message\s*C/,
    /Edit in composer\s*E/,
    /Send again\s*R/,
    /Save to file\s*S/,
    /Go to request\s*G/,
    /Next failure\s*F\s*F8/,
    /Previous failure\s*Shift\s*F/,
    /Undo clearing\s*Ctrl\s*Z/,
  ]) {
    await expect(ofLog).toContainText(line);
  }
});

test("every button at the head of composer and log, and every choice of the log's menus, is in the palette", async ({
  console,
  log,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  await expect(console.composer.getByRole('button', { name: 'Templates' })).toBeVisible();
  const heads = page.getByRole('region', { name: /^(Compose message|Response)$/ });
  const names = await heads
    .locator('.panel-head')
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => !(button as HTMLButtonElement).disabled)
        .map((button) => button.getAttribute('aria-label') ?? button.textContent.trim()),
    );
  for (const name of ['Beautify', 'Filter', 'Pause', 'Export', 'Clear messages', 'More']) {
    expect(names).toContain(name);
  }
  const choices: string[] = [];
  for (const menu of ['Filter', 'More']) {
    await log.button(menu).click();
    const items = log.region.getByRole('menuitem').or(log.region.getByRole('menuitemcheckbox'));
    await expect(items.first()).toBeVisible();
    choices.push(
      ...(await items.evaluateAll((rows) =>
        rows.map((row) => row.firstElementChild?.textContent ?? ''),
      )),
    );
    await page.keyboard.press('Escape');
  }
  expect(choices).toEqual(expect.arrayContaining(['SH_NEW', 'user1', 'Ok', 'Next failure']));

  await page.keyboard.press('Control+k');
  const { field, dialog } = paletteOf(page);
  const options = dialog.getByRole('option');
  await expect(options.first()).toBeVisible();
  const listed = async () => options.evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''));
  const all = await listed();
  expect(names.filter((name) => !all.includes(name))).toEqual([]);
  const isListed = (choice: string) =>
    all.some(
      (label) => label === choice || (label.startsWith('Filter ') && label.endsWith(`: ${choice}`)),
    );
  expect(choices.filter((choice) => !isListed(choice))).toEqual([]);

  // They do what they do in the menu; what was received is not remembered.
  await field.fill('select all');
  await page.keyboard.press('Enter');
  await expect(log.selection).toContainText('2 selected');
  await page.keyboard.press('Control+k');
  await field.fill('filter session user1');
  await page.keyboard.press('Enter');
  await expect(log.region.getByRole('list', { name: 'Filters' })).toContainText('user1');
  await page.keyboard.press('Control+k');
  await expect(options.first()).toHaveAccessibleName('Select all');
  await field.fill('pause');
  await page.keyboard.press('Enter');
  await expect(log.button('Resume')).toBeVisible();
  await page.keyboard.press('Control+k');
  await field.fill('next failure');
  await page.keyboard.press('Enter');
  await expect(log.region.getByText('No failure in the log')).toBeVisible();
});
