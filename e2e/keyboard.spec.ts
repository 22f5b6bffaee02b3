import { expect, test } from './fixtures.ts';

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
      .rows(/Sent SH_NEW/)
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
