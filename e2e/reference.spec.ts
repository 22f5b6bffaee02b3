import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

test.beforeEach(async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.panels.getByRole('button', { name: 'Reference' }).click();
});

test('the command under the cursor is explained, and Insert makes it a message that runs', async ({
  console,
}) => {
  const { reference } = console;
  await console.write('{"SH_NEW":{"name":"from the reference"}}');
  await expect(reference.getByRole('heading', { name: 'SH_NEW', exact: true })).toBeVisible();
  const parameters = reference.getByRole('region', { name: 'Parameters' });
  await expect(parameters).toContainText('shared boolean optional');
  await expect(parameters).toContainText('Default: false.');
  await expect(parameters).toContainText('name string required');
  await expect(reference.getByRole('region', { name: 'Reply' })).toContainText('tkn token');
  await expect(reference.getByRole('region', { name: 'Statuses' })).toContainText(
    '103 SessionNewFail',
  );
  const example = reference.getByRole('region', { name: 'Example' });
  await expect(example).toContainText('cart-77');
  await expect(example).toContainText('SH_NEW_RSP');

  await reference.getByRole('button', { name: 'Insert' }).click();
  await expect.poll(() => console.written()).toBe('{\n  "SH_NEW": {\n    "name": "user1"\n  }\n}');
  await expect(reference.getByRole('status')).toHaveText('SH_NEW is in the composer.');
  await expect(console.editor).toBeFocused();
  await console.button('Send').click();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
});

test('it follows the cursor through text that is no message yet, until following is off', async ({
  console,
  page,
}) => {
  const { reference } = console;
  const heading = (name: string) => reference.getByRole('heading', { name, exact: true });
  await console.write('{"SH_INFO": {\n{"KV_COUNT": {');
  await console.editor.focus();
  await page.keyboard.press('Control+End');
  await expect(heading('KV_COUNT')).toBeVisible();
  await page.keyboard.press('Control+Home');
  await expect(heading('SH_INFO')).toBeVisible();

  const follow = reference.getByRole('button', { name: 'Follow the cursor' });
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await console.editor.focus();
  await page.keyboard.press('Control+End');
  await expect(heading('SH_INFO')).toBeVisible();
  await follow.click();
  await expect(heading('KV_COUNT')).toBeVisible();
});

test('with nothing written all commands are listed by family; one can be found and read by keys', async ({
  console,
  page,
}) => {
  const { reference } = console;
  await console.write('');
  for (const family of ['Sessions', 'Keys and values', 'Server']) {
    await expect(reference.getByRole('list', { name: family })).toBeVisible();
  }
  await reference.getByRole('searchbox', { name: 'Find commands' }).focus();
  await page.keyboard.type('ａPPEND');
  await expect(reference.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const heading = reference.getByRole('heading', { name: 'KV_ARR_APPEND' });
  await expect(heading).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(reference.getByRole('button', { name: /^KV_ARR_APPEND/ })).toBeFocused();

  await reference.getByRole('searchbox', { name: 'Find commands' }).fill('no such thing');
  await expect(reference.getByRole('status')).toContainText('No commands match “no such thing”');
  await reference.getByRole('button', { name: 'Show all commands' }).click();
  await expect(reference.getByRole('button', { name: /^SH_NEW/ })).toBeVisible();
});

test('on a phone it is a separate view, and what was inserted waits in the composer', async ({
  console,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await console.panels.getByRole('button', { name: 'Reference' }).click();
  await console.reference.getByRole('searchbox', { name: 'Find commands' }).fill('SV_INFO');
  await console.reference.getByRole('button', { name: /^SV_INFO/ }).click();
  await console.reference.getByRole('button', { name: 'Insert' }).click();
  await console.panels.getByRole('button', { name: 'Compose' }).click();
  await console.button('Send').click();
  await expect(console.rows(/Received SV_INFO_RSP, Ok/)).toBeVisible();
});

test('when the panel cannot be loaded, it says so and can be tried again', async ({ page }) => {
  const chunk = /referenceFeature.*\.js/;
  await page.reload();
  await page.route(chunk, (route) => route.abort());
  const reference = page.getByRole('region', { name: 'Reference', exact: true });
  await page
    .getByRole('navigation', { name: 'Panels' })
    .getByRole('button', { name: 'Reference' })
    .click();
  await expect(reference.getByRole('alert')).toContainText("Couldn't load this panel.");
  await page.unroute(chunk);
  await reference.getByRole('button', { name: 'Try again' }).click();
  await expect(reference.getByRole('searchbox', { name: 'Find commands' })).toBeVisible();
});
