import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';

test.use({ editor: 'full' });

const status = (console: ConsolePage) =>
  console.composer.getByRole('status', { name: 'Recalled message' });

async function sendAll(console: ConsolePage, texts: readonly string[]) {
  for (const [at, text] of texts.entries()) {
    await console.send(text);
    await expect(console.rows(/Received/)).toHaveCount(at + 1);
  }
}

/** The editor is there, and so is a key for it. */
async function focusEditor(page: Page) {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.press('Alt+c');
}

const pretty = '{\n  "SH_INFO_ALL": {}\n}';

test('what was sent comes back as it was written, and wipes no other session', async ({
  console,
  page,
}) => {
  await sendAll(console, [
    '{"SH_NEW":{"name":"plain"}}',
    '{"SH_NEW":{"name":"other"}}',
    '{"KV_SET":{"tkn":"{{tkn:plain}}","keys":{"a":1}}}',
    '{"KV_CLEAR":{"tkn":"{{tkn:plain}}"}}',
    '{"KV_SET":{"tkn":"{{tkn:other}}","keys":{"precious":1}}}',
  ]);
  await focusEditor(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"KV_CLEAR":{"tkn":"{{tkn:plain}}"}}');
  await console.button('Send').click();
  await expect(console.rows(/Received KV_CLEAR_RSP/)).toHaveCount(2);
  await console.send('{"KV_GET":{"tkn":"{{tkn:other}}","keys":["precious"]}}');
  await expect(console.rows(/Received KV_GET_RSP/)).toContainText(/"precious": ?1/);
});

test('a token that was written out is not stored, and is asked for after a reload', async ({
  console,
  page,
}) => {
  await sendAll(console, ['{"SH_NEW":{"name":"a$&b"}}']);
  const created = await console.rows(/Received SH_NEW_RSP/).textContent();
  const token = /\d{15,20}/.exec(created ?? '')?.[0] ?? '';
  await console.send(
    `{"KV_SET":{"tkn":"{{tkn:a$&b}}","keys":{"cookie":"sid=${token}; path=/","id":"1497549923779084388"}}}`,
  );
  await expect(console.rows(/Received KV_SET_RSP/)).toBeVisible();
  const written = await console.written();
  await page.reload();
  await expect.poll(() => console.written()).toContain('"id":"1497549923779084388"');
  const [name = ''] = /token ··\d{4} \w+/.exec(await console.written()) ?? [];
  expect(await console.written()).toBe(written.replace(token, () => `{{${name}}}`));
  const stored = await page.evaluate(() =>
    [localStorage, sessionStorage].flatMap((area) => Object.values<string>(area)).join(''),
  );
  expect(stored).not.toContain(token);
  expect(stored).toContain('sid=');
  await console.button('Send').click();
  await expect(console.composer.getByRole('alert')).toContainText('is not stored');
  const choice = console.composer.getByRole('group', { name });
  await choice.getByRole('button', { name: 'Other token…' }).click();
  await expect(
    console.composer.getByRole('textbox', { name: `Value for {{${name}}}` }),
  ).toBeVisible();
});

test('by keys alone: arrows step through what was sent, older and newer, and the draft comes back', async ({
  console,
  page,
}) => {
  await focusEditor(page);
  await sendAll(console, ['{"SH_EXISTS":{"tkn":"1"}}', pretty, '{"SV_INFO":{}}']);
  await focusEditor(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('my own text');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}}');
  await expect(status(console)).toHaveText('1 of 3 from the history');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe(pretty);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"SH_EXISTS":{"tkn":"1"}}');
  await expect(status(console)).toHaveText('3 of 3 from the history');
  await page.keyboard.press('ArrowUp');
  await expect(status(console)).toHaveText('3 of 3 from the history');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => console.written()).toBe(pretty);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => console.written()).toBe('my own text');
  await expect(status(console)).toHaveText('Back to your own text');
  await page.keyboard.type('!');
  await expect.poll(() => console.written()).toBe('my own text!');
  await expect(status(console)).toHaveText('');
});

test('in a text of several lines the arrows move until they are at its first or last row', async ({
  console,
  page,
}) => {
  await focusEditor(page);
  await sendAll(console, ['{"SV_INFO":{}}', pretty]);
  const long = `"${'long '.repeat(80)}"`;
  await console.write(`${long}\n2`);
  await focusEditor(page);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await console.written()).toBe(`${long}\n2`);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await console.written()).toBe(`${long}\n2`);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe(pretty);
  // The cursor is on the first line of three.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(status(console)).toHaveText('1 of 2 from the history');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => console.written()).toBe(`${long}\n2`);
});

test('while completions are offered the arrows choose among them', async ({ console, page }) => {
  await focusEditor(page);
  await sendAll(console, ['{"SV_INFO":{}}']);
  await console.write('');
  await focusEditor(page);
  await page.keyboard.type('{"');
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  await expect(offers.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(status(console)).toHaveText('');
  await expect(offers.first()).toBeVisible();
  expect(await console.written()).toBe('{""}');
});

test('undo takes a recall back; a changed message ends it', async ({ console, page }) => {
  await focusEditor(page);
  await sendAll(console, ['{"SV_INFO":{}}']);
  await console.write('');
  await focusEditor(page);
  await page.keyboard.type('precious');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}}');
  await page.keyboard.type(' ');
  await expect(status(console)).toHaveText('');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}} ');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => console.written()).toBe('precious');
});

test('a reload or a closed tab in the middle of a recall does not lose the draft', async ({
  console,
  page,
  server,
}) => {
  await focusEditor(page);
  await sendAll(console, ['{"SV_INFO":{}}']);
  await console.write('precious');
  await focusEditor(page);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}}');
  await console.button(`Close ${server.host}`).click();
  const ask = page.getByRole('dialog', { name: `Close ${server.host}?` });
  await ask.getByRole('button', { name: 'Keep' }).click();
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  expect(await console.written()).toBe('precious');
  await focusEditor(page);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}}');
  // A message of the history alone is nothing to miss.
  await page.keyboard.press('ArrowDown');
  await console.write('');
  await focusEditor(page);
  await page.keyboard.press('ArrowUp');
  await expect(status(console)).toHaveText('1 of 1 from the history');
  await console.button(`Close ${server.host}`).click();
  await expect(console.tabs).toHaveCount(1);
  expect(await console.written()).toBe('');
});

test('the palette and the list of shortcuts have both directions', async ({ console, page }) => {
  await focusEditor(page);
  await sendAll(console, ['{"SV_INFO":{}}']);
  await console.write('mine');
  const run = async (name: string) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
    await page.keyboard.type(name);
    const results = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
    await expect(results.first()).toContainText(name);
    await page.keyboard.press('Enter');
  };
  await run('Previous message from the history');
  await expect.poll(() => console.written()).toBe('{"SV_INFO":{}}');
  await run('Next message from the history');
  await expect.poll(() => console.written()).toBe('mine');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
  await page.keyboard.type('Keyboard shortcuts');
  await page.keyboard.press('Enter');
  const list = page.getByRole('dialog').getByRole('region', { name: 'Compose' });
  await expect(list).toContainText('Previous message from the history');
  await expect(list).toContainText('Next message from the history');
});

test('where the full editor cannot be had, the plain one recalls as well, and undoes it', async ({
  page,
  server,
}) => {
  await page.route(/\/assets\/monaco-[^/]*\.js/, (route) => route.abort());
  await page.goto(server.url);
  const composer = page.getByRole('region', { name: 'Compose message' });
  await expect(composer).toContainText("Couldn't load the full editor");
  const area = composer.getByRole('textbox', { name: 'Compose message' });
  const received = page.getByRole('listitem', { name: /Received/ });
  for (const [at, text] of ['{"SV_INFO":{}}', pretty].entries()) {
    await area.fill(text);
    await area.press('Control+Enter');
    await expect(received).toHaveCount(at + 1);
  }
  await area.fill('');
  const long = `"${'long '.repeat(80)}"`;
  await area.pressSequentially(`${long}\n2`);
  await area.press('ArrowUp');
  await area.press('ArrowUp');
  await expect(area).toHaveValue(`${long}\n2`);
  await area.press('Control+Home');
  await area.press('Shift+ArrowRight');
  await area.press('ArrowUp');
  await expect(area).toHaveValue(`${long}\n2`);
  await area.press('Control+Home');
  await area.press('ArrowUp');
  await expect(area).toHaveValue(pretty);
  const recalled = composer.getByRole('status', { name: 'Recalled message' });
  await expect(recalled).toHaveText('1 of 2 from the history');
  await area.press('ArrowUp');
  await expect(area).toHaveValue('{"SV_INFO":{}}');
  await area.press('ArrowDown');
  await area.press('ArrowDown');
  await expect(area).toHaveValue(`${long}\n2`);
  await expect(recalled).toHaveText('Back to your own text');
  await area.press('ArrowDown');
  await area.press('Control+Home');
  await area.press('ArrowUp');
  await expect(area).toHaveValue(pretty);
  await area.press('Control+z');
  await expect(area).toHaveValue(`${long}\n2`);
});
