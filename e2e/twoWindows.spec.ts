import { expect, test } from './fixtures.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

test('two windows share what the browser keeps, and each has its own tabs', async ({
  console: one,
  page,
  context,
  server,
}) => {
  const otherPage = await context.newPage();
  await otherPage.goto(server.url);
  const other = new ConsolePage(otherPage);
  await expect(other.connection).toHaveText(/Connected to/);

  const save = async (window: ConsolePage, name: string) => {
    await window.panels.getByRole('button', { name: 'Saved' }).click();
    await window.button('Save message').click();
    await window.page.keyboard.type(name);
    await window.page.keyboard.press('Enter');
    await expect(window.button(`Insert ${name}`)).toBeVisible();
  };
  await save(one, 'of one');
  await save(other, 'of other');
  await expect(one.button('Insert of other')).toBeVisible();
  await expect(other.button('Insert of one')).toBeVisible();

  // A removal in one is a removal in both.
  await other.button('Edit of one').click();
  await otherPage.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(one.button('Insert of one')).toHaveCount(0);

  // Settings follow.
  await other.button('Settings').click();
  await otherPage.getByRole('tab', { name: 'Theme' }).click();
  await otherPage.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await otherPage.keyboard.press('Escape');

  // The history has what both have sent, also after a reload.
  await one.send('{"SH_NEW":{"name":"of one"}}');
  await other.send('{"SH_NEW":{"name":"of other"}}');
  await one.write('{"SH_NEW":{"name":"draft 1"}}');
  await other.write('{"SH_NEW":{"name":"draft 2"}}');
  await page.reload();
  await otherPage.reload();
  for (const window of [one, other]) {
    await window.panels.getByRole('button', { name: 'History' }).click();
    const history = window.page.getByRole('region', { name: 'History' });
    await expect(history.getByText(/of one/).first()).toBeVisible();
    await expect(history.getByText(/of other/).first()).toBeVisible();
  }
  expect(await one.written()).toBe('{"SH_NEW":{"name":"draft 1"}}');
  expect(await other.written()).toBe('{"SH_NEW":{"name":"draft 2"}}');
});
