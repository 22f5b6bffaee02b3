import { expect, test } from './fixtures.ts';
import { openWithHeldEditor } from './pages/heldEditor.ts';

test.use({ editor: 'full' });

test('the editor offers commands, then their parameters, with values to fill in', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('');
  await console.editor.focus();
  await page.keyboard.type('{"');
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  await expect(offers.first()).toBeVisible();
  await page.keyboard.type('SH_NE');
  await expect(offers.first()).toContainText('SH_NEW');
  await page.keyboard.press('Enter');
  await expect.poll(() => console.written()).toBe('{"SH_NEW": {"name": "user1"}}');
  // What it proposes is selected, and the Tab key leads to where the next parameter begins.
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type(', "ex');
  await expect(offers.first()).toContainText('expiry');
  await page.keyboard.press('Enter');
  await page.keyboard.type('60');
  await page.keyboard.press('Tab');
  await page.keyboard.type('false');
  await expect
    .poll(() => console.written())
    .toBe('{"SH_NEW": {"name": "ada", "expiry": {"duration": 60, "deleteSession": false}}}');
});

test('no command that deletes data comes first, and what is typed over a proposal stays valid', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  const { keyboard } = page;
  const start = async (typed: string, first: string) => {
    await console.editor.focus();
    await keyboard.press('Control+a');
    await keyboard.type(typed);
    await expect(offers.first()).toContainText(first);
    await keyboard.press('Enter');
    await expect(offers).toHaveCount(0);
  };
  await start('ALL', 'SH_INFO_ALL');
  await expect.poll(() => console.written()).toBe('{"SH_INFO_ALL": {}}');
  for (const [typed, value] of [
    ['12', '12'],
    ['"a', '"a"'],
    ['{"b": [1', '{"b": [1]}'],
  ] as const) {
    await start('KV_SE', 'KV_SET');
    await keyboard.type('k');
    await keyboard.press('Tab');
    await keyboard.type(typed);
    await expect
      .poll(() => console.written())
      .toBe(`{"KV_SET": {"tkn": "{{tkn}}", "keys": {"k": ${value}}}}`);
    await keyboard.press('Escape');
  }
  await keyboard.press('Control+a');
  await keyboard.type('{"');
  await expect.poll(() => console.written()).toBe('{""}');
});

test('an unknown parameter is warned of and not held back', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"SH_NEW":{"name":"a","nmae":1}}');
  await expect(page.locator('.squiggly-warning').first()).toBeVisible();
  await console.button('Send').click();
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
});

test('a command explains itself under the pointer, and leads to the reference', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"KV_ADDQ":{}}');
  const name = page.locator('.view-line').getByText('KV_ADDQ');
  const explanation = page.getByRole('tooltip').getByText(/Add keys, reply only on conflict/);
  // The editor may still be at work: a person would point again.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await name.hover();
    await expect(explanation.first()).toBeVisible({ timeout: 2000 });
  }).toPass();
  await page.getByRole('tooltip').getByText('Open in Reference').click();
  await expect(console.reference.getByRole('heading', { name: 'KV_ADDQ' })).toBeVisible();
});

test('undo brings back what a template replaced', async ({ console, page }) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"SH_INFO_ALL":{}}');
  await console.button('Templates').click();
  await page.getByRole('menuitem', { name: /^KV_COUNT/ }).click();
  await expect.poll(() => console.written()).toContain('KV_COUNT');
  await console.editor.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => console.written()).toBe('{"SH_INFO_ALL":{}}');
});

test('parameters are offered where they belong, and none of another depth', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const offers = page.getByRole('listbox', { name: 'Suggest' });
  const offer = (name: string) => offers.getByRole('option', { name: new RegExp(`^${name},`) });
  const typeAt = async (before: string, behind: string) => {
    await console.write(before + behind);
    await console.placeCursor(before.length);
    await page.keyboard.type('"');
  };
  await typeAt('{"SH_NEW":{"expiry":{', '}}}');
  await expect(offer('duration')).toBeVisible();
  await expect(offer('deleteSession')).toBeVisible();
  await expect(offer('shared')).toHaveCount(0);
  await expect(offer('SH_END')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await typeAt('{"SH_NEW":{', '}}');
  await expect(offer('shared')).toBeVisible();
  await expect(offer('duration')).toHaveCount(0);
  await expect(offer('tkn')).toHaveCount(0);
  await expect(offer('SH_END')).toHaveCount(0);
});

test('invalid JSON is underlined where it is wrong, and goes nowhere by the shortcut either', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{\n  "SH_INFO": {,}\n}');
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  // The composer may still grow with its text between the two looks.
  await expect(async () => {
    const line = await page.locator('.view-line').nth(1).boundingBox();
    const mark = await page.locator('.squiggly-error').first().boundingBox();
    expect(Math.abs((mark?.y ?? 0) - (line?.y ?? 99))).toBeLessThan(10);
  }).toPass();
  await console.editor.focus();
  await page.keyboard.press('Control+Enter');
  await expect(console.composer.getByRole('alert')).toContainText('line 2, column 15');
  await expect(console.rows(/Sent/)).toHaveCount(0);
  await console.write('{\n  "SH_INFO_ALL": {}\n}');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
});

test('a message sent while the editor still loads goes out once and stays', async ({
  page,
  server,
}) => {
  const letThrough = await openWithHeldEditor(page, server.url);
  const area = page.locator('textarea.plain-editor');
  await area.fill('{"SV_INFO":{}}');
  await area.press('Control+Enter');
  await expect(page.getByRole('listitem', { name: /Received SV_INFO_RSP, Ok/ })).toBeVisible();
  letThrough();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await expect(page.getByRole('listitem', { name: /Sent SV_INFO/ })).toHaveCount(1);
  const written = () => page.evaluate(() => window.seshdeck.composer.getText());
  expect(await written()).toBe('{"SV_INFO":{}}');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' ');
  expect(await written()).toBe('{"SV_INFO":{}} ');
});

test.describe('on a Mac', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  });

  test('Cmd+Enter sends from inside the editor', async ({ console, page }) => {
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await console.write('{"SV_INFO":{}}');
    await console.editor.focus();
    await page.keyboard.press('Meta+Enter');
    await expect(console.rows(/Received SV_INFO_RSP/)).toHaveCount(1);
    await expect(console.rows(/Sent SV_INFO/)).toHaveCount(1);
  });
});

test('what is pasted or put in is what is written, character for character', async ({
  console,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  // Of the browser: the editor's own question about odd line ends is one.
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.dismiss();
  });
  const odd =
    '\ufeff{"KV_SET":{"tkn":"{{tkn}}",\n\t\t   "keys":{"line\u2028sep\u2029":"nb\u00a0sp \u200b\u202e","Привет":"“smart” #fff https://example.com",  \n "x":"e\u0301 \ud83d\ude00"}}}  \n\n  ';
  await console.write('{"a":1}');
  await console.editor.focus();
  await page.keyboard.press('Control+a');
  await page.evaluate((text) => navigator.clipboard.writeText(text), odd);
  await page.keyboard.press('Control+v');
  await expect.poll(() => console.written()).toBe(odd);
  await page.reload();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  expect(await console.written()).toBe(odd);
  expect(questions).toEqual([]);

  // A bracket typed over a selection takes its place, as a pair, and copying nothing copies nothing.
  await console.write('"old"');
  await console.editor.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{');
  await expect.poll(() => console.written()).toBe('{}');
  await page.keyboard.press('Control+x');
  expect(await console.written()).toBe('{}');
});
