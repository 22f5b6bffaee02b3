import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('unreadable storage is set aside with a notice, and its backup can be downloaded', async ({
  console,
  page,
}) => {
  const broken = '{"version":99,"theme":"of tomorrow"}';
  await page.evaluate((text) => localStorage.setItem('seshdeck.settings', text), broken);
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  const notice = page.getByRole('alert').filter({ hasText: 'Your saved settings' });
  await expect(notice).toContainText('could not be read. A backup is kept.');
  const saving = page.waitForEvent('download');
  await console.button('Download').click();
  const download = await saving;
  expect(await readFile(await download.path(), 'utf8')).toBe(broken);
  await console.button('Dismiss').click();
  await expect(notice).toHaveCount(0);

  await console.button('Settings').click();
  await page.getByRole('switch', { name: 'Two-pane view' }).click();
  await expect(console.button('Download settings')).toBeVisible();
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(notice).toHaveCount(0);
});

test('unreadable tabs are set aside and a fresh one is opened', async ({
  console,
  page,
  server,
}) => {
  // Written when the old page has gone: it would keep its own tabs over it.
  await page.addInitScript(() => {
    if (sessionStorage.getItem('spoilt')) return;
    sessionStorage.setItem('spoilt', 'yes');
    sessionStorage.setItem('seshdeck.tabs', '{"version":1');
    localStorage.removeItem('seshdeck.tabs');
  });
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(page.getByRole('alert').filter({ hasText: 'Your saved tabs' })).toBeVisible();
  await expect(console.tabs).toHaveText([server.host]);
});

test('a full browser is reported once, and everything keeps working', async ({ console, page }) => {
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await console.send('{"SH_NEW":{"name":"one"}}');
  const notice = page.getByRole('alert').filter({ hasText: 'storage is full' });
  await expect(notice).toHaveText("The browser's storage is full. Changes are not kept.");
  await console.button('Dismiss').click();
  await console.send('{"SH_NEW":{"name":"two"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toHaveCount(2);
  await console.button('Settings').click();
  await page.getByRole('switch', { name: 'Two-pane view' }).click();
  await expect(page.getByRole('switch', { name: 'Two-pane view' })).toHaveAttribute(
    'aria-checked',
    'true',
  );
  await expect(notice).toHaveCount(0);
});

test('Clear all data asks, then removes everything and reloads the page', async ({
  console,
  page,
  server,
}) => {
  await page.evaluate(() => {
    localStorage.setItem('seshdeck.settings.backup', 'old');
    localStorage.setItem('of another page', 'stays');
  });
  await page.keyboard.press('Alt+t');
  await console.send('{"SH_NEW":{"name":"x"}}');
  await console.button('Switch to dark theme').click();
  const open = async () => {
    await console.button('Settings').click();
    await console.button('Clear all data').click();
    return page.getByRole('dialog', { name: 'Clear all data?' });
  };
  const ask = await open();
  await ask.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await console.button('Clear all data').click();
  await ask.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(console.tabs).toHaveText([server.host]);
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(console.button('Switch to dark theme')).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('seshdeck.settings.backup'))).toBe(null);
  expect(await page.evaluate(() => localStorage.getItem('seshdeck.history'))).toBe(null);
  expect(await page.evaluate(() => localStorage.getItem('of another page'))).toBe('stays');
});

test('leaving asks first while the code that keeps the tabs has not loaded, and text is unsent', async ({
  console,
  page,
}) => {
  await page.route(/\/assets\/keepTabs-[^/]*\.js/, (route) => route.abort());
  await page.reload();
  await console.write('{"SH_NEW":');
  const asking = page.waitForEvent('dialog');
  const leaving = page.reload();
  const dialog = await asking;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await leaving;
});
