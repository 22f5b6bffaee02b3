import { expect, test } from './fixtures.ts';

test('tabs are renamed, moved and closed by keyboard and mouse, and what happened is said', async ({
  console,
  page,
  server: { host },
}) => {
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Alt+t');
  await expect(console.tabs).toHaveText([host, `${host} (2)`, `${host} (3)`]);

  await console.tabs.nth(2).focus();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Rename tab' });
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('Staging');
  await page.keyboard.press('Enter');
  await expect(console.tabs.nth(2)).toHaveText('Staging');
  await expect(console.tabs.nth(2)).toBeFocused();

  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(console.tabs).toHaveText([host, 'Staging', `${host} (2)`]);
  await expect(page.getByRole('status', { name: 'Notice' })).toHaveText(
    'Staging is now tab 2 of 3.',
  );
  await expect(console.tabs.nth(1)).toBeFocused();

  await console.tabs.nth(2).dragTo(console.tabs.nth(0));
  await expect(console.tabs).toHaveText([`${host} (2)`, host, 'Staging']);

  await console.tabs.nth(1).dblclick();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Local');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await console.button('Tab menu').click();
  await page.getByRole('menuitem', { name: /Move tab right/ }).click();
  await expect(console.tabs).toHaveText([`${host} (2)`, 'Staging', 'Local']);

  await console.button('Close Local').click();
  await expect(console.tabs).toHaveText([`${host} (2)`, 'Staging']);
  await page.keyboard.press('Alt+Shift+t');
  await expect(console.tabs).toHaveText([`${host} (2)`, 'Staging', 'Local']);
});

test('closing a tab with unsent text asks first, and Keep keeps it', async ({
  console,
  page,
  server,
}) => {
  await page.keyboard.press('Alt+t');
  await console.write('{"SH_NEW":{"name":"not sent"}}');
  await console.button(`Close ${server.host} (2)`).click();
  const dialog = page.getByRole('dialog', { name: `Close ${server.host} (2)?` });
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(console.tabs).toHaveCount(2);
  expect(await console.written()).toBe('{"SH_NEW":{"name":"not sent"}}');
  await page.keyboard.press('Alt+w');
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(console.tabs).toHaveCount(1);

  await page.keyboard.press('Alt+t');
  await console.send('{"SH_NEW":{"name":"sent"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await page.keyboard.press('Alt+w');
  await expect(console.tabs).toHaveCount(1);
});

test('regression 5: three tabs stay connected and record while they are hidden', async ({
  console,
  page,
  server,
}) => {
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Alt+t');
  await expect(console.connection).toHaveText(/Connected to/);
  await console.write('{"SH_NEW":{"name":"from the third"}}');
  // The tab is hidden before any answer can be read.
  const first = await console.tabs.nth(0).elementHandle();
  await console.button('Send').evaluate((send, other) => {
    (send as HTMLButtonElement).click();
    (other as HTMLButtonElement).click();
  }, first);
  await expect(console.tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await expect(console.sessionRow(/from the third/)).toBeVisible();
  await server.kill();
  await server.start();
  await expect(console.rows(/Connection: Reconnected/)).toBeVisible({ timeout: 20_000 });
  for (const key of ['Alt+2', 'Alt+3']) {
    await page.keyboard.press(key);
    await expect(console.rows(/Connection: Reconnected/)).toBeVisible({ timeout: 20_000 });
    await expect(console.rows(/code 1006/)).toBeVisible();
  }
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toHaveCount(1);
});

test('after a reload the tabs are as they were, without tokens and replies', async ({
  console,
  page,
  server,
}) => {
  await console.send('{"SH_NEW":{"name":"kept"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await page.keyboard.press('Alt+t');
  await console.tabs.nth(1).focus();
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Second');
  await page.keyboard.press('Enter');
  await console.write('{"SH_INFO":{"tkn":"14247375118774737462"}}');
  await console.tabs.nth(1).focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');

  await page.reload();
  await expect(console.tabs).toHaveText(['Second', server.host]);
  await expect(console.tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await expect(console.connection).toHaveText(/Connected to/);
  expect(await console.written()).toMatch(/^\{"SH_INFO":\{"tkn":"\{\{token ··7462 \w+\}\}"\}\}$/);
  await page.keyboard.press('Alt+2');
  expect(await console.written()).toBe('{"SH_NEW":{"name":"kept"}}');
  await expect(console.rows(/SH_NEW/)).toHaveCount(0);
  const stored = await page.evaluate(() =>
    [localStorage, sessionStorage].flatMap((area) => Object.values<string>(area)).join(''),
  );
  expect(stored).not.toMatch(/\d{17}/);
});

test('with Remember on, tokens and the log come back as well, and go when it is switched off', async ({
  console,
  page,
}) => {
  await console.button('Settings').click();
  const remember = page.getByRole('switch', {
    name: 'Remember tokens and replies in this browser',
  });
  await expect(remember).toHaveAttribute('aria-checked', 'false');
  await remember.click();
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(
    'full access to its session',
  );
  await page.keyboard.press('Escape');
  await console.send('{"SH_NEW":{"name":"remembered"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();

  await page.reload();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await expect(console.rows(/from before this page was loaded/)).toBeVisible();
  await console.send('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  await expect(console.rows(/Received SH_INFO_RSP, Ok/)).toBeVisible();

  await console.button('Settings').click();
  await remember.click();
  const stored = () =>
    page.evaluate(() =>
      [localStorage, sessionStorage].map((area) => area.getItem('seshdeck.tabs')).join(''),
    );
  expect(await stored()).not.toMatch(/\d{17}|SH_NEW_RSP/);
});

test('two windows keep their own tabs, and a third begins with those of the last', async ({
  console,
  context,
  page,
  server,
}) => {
  await console.write('{"SH_NEW":{"name":"first window"}}');
  // A new window reads the storage: what was not yet written when it opened is not there.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('seshdeck.tabs') ?? ''))
    .toContain('first window');
  const other = await context.newPage();
  await other.goto(server.url);
  const written = () => other.evaluate(() => window.seshdeck.composer.getText());
  expect(await written()).toContain('first window');
  // What keeps the tabs is loaded after the page: from its first write on, a reload loses nothing.
  await other.evaluate(() => window.seshdeck.composer.setText('second'));
  await expect
    .poll(() => other.evaluate(() => sessionStorage.getItem('seshdeck.tabs') ?? ''))
    .toContain('second');
  await other.evaluate(() => window.seshdeck.composer.setText('second window'));
  await other.reload();
  expect(await written()).toBe('second window');
  await page.reload();
  expect(await console.written()).toContain('first window');
});

test('a tab in the background counts what comes in, and title and icon of the page tell it', async ({
  console,
  page,
  server,
}) => {
  const icon = page.locator('link[rel=icon]');
  await expect(page).toHaveTitle(`${server.host} · Seshdeck`);
  await page.keyboard.press('Alt+t');
  await expect(console.connection).toHaveText(/Connected to/);
  await console.write('{"SH_INFO":{"tkn":"1"}}');
  // The tab is hidden before the answer can be read.
  const first = await console.tabs.nth(0).elementHandle();
  await console.button('Send').evaluate((send, other) => {
    (send as HTMLButtonElement).click();
    (other as HTMLButtonElement).click();
  }, first);
  const other = page.getByRole('tab', { name: `${server.host} (2) 1 new message 1 failure` });
  await expect(other).toBeVisible();
  await expect(page).toHaveTitle(`(1) ${server.host} · Seshdeck`);
  await expect(icon).toHaveAttribute('href', '/icon-unread.svg');
  await other.click();
  await expect(other).toHaveCount(0);
  await expect(page).toHaveTitle(`${server.host} (2) · Seshdeck`);
  await server.kill();
  await expect(page).toHaveTitle(`⚠ Reconnecting · ${server.host} (2) · Seshdeck`);
  await expect(icon).toHaveAttribute('href', '/icon-lost.svg');
});
