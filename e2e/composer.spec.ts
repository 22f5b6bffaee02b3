import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openWithHeldEditor } from './pages/heldEditor.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

test.use({ editor: 'full' });

const sample = '14247375118774737462';

/** The clipboard holds this, and the editor gets it as a person would paste it. */
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('inside keys the real keys of the session are offered, with type and value, and no deadline moves', async ({
  console,
  page,
  otherClient,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.send(
    '{"SH_NEW":{"name":"mine","expiry":{"duration":600,"deleteSession":true,"extendOnGet":true}}}',
  );
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  const token = await page.evaluate(
    () =>
      /"tkn":\s*"(\d+)"/.exec(document.querySelector('[role=log]')?.textContent ?? '')?.[1] ?? '',
  );
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"profile":{"age":3},"visits":12}}}`);
  const before = await otherClient.ask(`{"SH_INFO":{"tkn":"${token}"}}`);
  await console.write('{"KV_GET":{"tkn":"{{tkn}}","keys":[]}}');
  await console.placeCursor('{"KV_GET":{"tkn":"{{tkn}}","keys":['.length);
  await page.keyboard.type('"');
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  await expect(offers.filter({ hasText: 'profile' })).toContainText('object · {"age":3}');
  await page.keyboard.type('vi');
  await page.keyboard.press('Enter');
  await expect.poll(() => console.written()).toBe('{"KV_GET":{"tkn":"{{tkn}}","keys":["visits"]}}');
  const deadline = /"deadline":\d+/;
  const after = await otherClient.ask(`{"SH_INFO":{"tkn":"${token}"}}`);
  expect(after.match(deadline)).toEqual(before.match(deadline));
});

test('at tkn variables and live sessions are offered; choosing one brings no token into the text', async ({
  console,
  page,
  otherClient,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const token = await otherClient.newSession('{"name":"elsewhere"}');
  await expect(console.sessionRow(/elsewhere/)).toBeVisible();
  await console.write('{"SH_INFO":{"tkn":}}');
  await console.placeCursor('{"SH_INFO":{"tkn":'.length);
  await page.keyboard.type('"');
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  await expect(offers.filter({ hasText: '{{tkn:elsewhere}}' })).toContainText(token.slice(-4));
  await page.keyboard.press('Enter');
  await expect.poll(() => console.written()).toBe('{"SH_INFO":{"tkn":"{{tkn:elsewhere}}"}}');
  await expect(console.composer.getByRole('list', { name: 'Variables in' })).toContainText(
    `··${token.slice(-4)}`,
  );
  await console.button('Send').click();
  await expect(console.rows(/Received SH_INFO_RSP, Ok/)).toBeVisible();
});

test('regression 11: a variable without a value blocks Send, and can be set in that notice', async ({
  console,
}) => {
  await console.send('{"SH_NEW":{"name":"{{who}}"}}');
  const alert = console.composer.getByRole('alert');
  await expect(alert).toContainText('{{who}} has no value yet');
  await expect(console.rows(/Sent/)).toHaveCount(0);
  await alert.getByRole('textbox', { name: 'Value for {{who}}' }).fill('anna');
  await alert.getByRole('button', { name: 'Set' }).click();
  await expect(alert).toHaveCount(0);
  await console.button('Send').click();
  await expect(console.rows(/Sent SH_NEW/)).toContainText('"anna"');
  await expect(console.sessionRow(/anna/)).toBeVisible();
});

test('regression 11: braces that mean nothing are sent as they are by one click', async ({
  console,
}) => {
  await console.send('{"SH_NEW":{"name":"Hi {{who}}"}}');
  await console.composer.getByRole('button', { name: 'Send as literal text' }).click();
  await expect.poll(() => console.written()).toBe('{"SH_NEW":{"name":"Hi \\u007b\\u007bwho}}"}}');
  await console.button('Send').click();
  await expect(console.sessionRow(/Hi \{\{who\}\}/)).toBeVisible();
});

test('variables are listed masked, revealed, added, changed and removed', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  const button = console.button('Variables');
  await button.click();
  const panel = page.getByRole('dialog', { name: 'Variables' });
  const learned = panel.getByRole('listitem').filter({ hasText: '{{tkn:user1}}' });
  await expect(learned).toContainText(/··\d{4}/);
  await learned.getByRole('button', { name: 'Reveal tkn:user1' }).click();
  await expect(learned).toContainText(/\d{15,}/);
  await panel.getByRole('textbox', { name: 'Name' }).fill('colour');
  await panel.getByRole('textbox', { name: 'Value' }).fill('teal and blue');
  await page.keyboard.press('Enter');
  const own = panel.getByRole('listitem').filter({ hasText: '{{colour}}' });
  await expect(own).toContainText('··blue');
  await own.getByRole('button', { name: 'Edit colour' }).click();
  await panel.getByRole('textbox', { name: 'Value' }).fill('all red');
  await panel.getByRole('button', { name: 'Save variable' }).click();
  await own.getByRole('button', { name: 'Reveal colour' }).click();
  await expect(own).toContainText('all red');
  await own.getByRole('button', { name: 'Remove colour' }).click();
  await expect(own).toHaveCount(0);
  await panel.getByRole('textbox', { name: 'Name' }).fill('a}b');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('without braces');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a number that JavaScript would change is marked with what is read; beautify keeps its digits', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write(`{"KV_SET":{"tkn":"7","keys":{"id":${sample},"small":5}}}`);
  await expect(console.composer).toContainText(
    'JavaScript would round this to 14247375118774737000',
  );
  await expect(page.locator('.squiggly-info')).toHaveCount(1);
  await console.button('Beautify').click();
  await expect.poll(() => console.written()).toContain(`"id": ${sample}`);
  await console.write('{"SH_INFO_ALL":{}}');
  await expect(page.locator('.squiggly-info')).toHaveCount(0);
});

test('near the limit the largest branch is named; over it the message is held back', async ({
  console,
}) => {
  const profile = (length: number) =>
    `{"KV_SET":{"tkn":"7","keys":{"a":1,"profile":{"photo":"${'x'.repeat(length)}"}}}}`;
  await console.write(profile(1_800_000));
  await expect(console.composer).toContainText('keys.profile.photo: 1.8 MB');
  await console.send(profile(2_200_000));
  await expect(console.composer.getByRole('alert')).toContainText(
    /accepts at most 2,097,152.*largest part is keys\.profile\.photo: 2\.2 MB/,
  );
  await expect(console.rows(/Sent/)).toHaveCount(0);
});

test('several messages go out one after another, a token from one reply in the next', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write(`{"SH_NEW":{"name":"talk"}}
{"KV_SETQ":{"tkn":"{{tkn:talk}}","keys":{"a":1}}}
{"KV_GET":{"tkn":"{{tkn:talk}}","keys":["a"]}}`);
  const bar = console.composer.getByRole('group', { name: 'Conversation' });
  await expect(bar).toContainText('3 messages, sent one after another');
  await console.button('Send').click();
  await expect(bar).toContainText('All 3 messages sent and answered.');
  await expect(console.rows(/Received KV_GET_RSP/)).toContainText('"a": 1');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await console.button('Beautify').click();
  await expect
    .poll(() => console.written())
    .toMatch(/^\{\n {2}"SH_NEW"[^]*\n\}\n\n\{\n {2}"KV_SETQ"/);
});

test('a fault in the second message is shown in it, and none of the messages is sent', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.write('{"SH_INFO_ALL":{}}\n{"SH_NEW":{"name":"a","nmae":1}}');
  await expect(page.locator('.squiggly-warning')).toHaveCount(1);
  await console.send('{"SH_INFO_ALL":{}}\n{"SH_NEW":{,}}');
  await expect(console.composer.getByRole('alert')).toContainText('line 2, column 12');
  await expect(console.rows(/Sent/)).toHaveCount(0);
});

test('a row of messages stops at the first failure unless that is off', async ({ console }) => {
  const text = '{"SH_INFO":{"tkn":"7"}}\n{"SH_INFO_ALL":{}}';
  const bar = console.composer.getByRole('group', { name: 'Conversation' });
  await console.send(text);
  await expect(bar).toContainText('Stopped at message 1 of 2: SessionNotExist.');
  await expect(console.rows(/Sent SH_INFO_ALL/)).toHaveCount(0);
  await bar.getByRole('button', { name: 'Continue with 2' }).click();
  await expect(bar).toContainText('All 2 messages sent. 1 failure: see Response.');
  await bar.getByRole('checkbox', { name: 'Stop at the first failure' }).uncheck();
  await console.button('Send').click();
  await expect(bar).toContainText('All 2 messages sent. 1 failure: see Response.');
});

test('a row of messages that gets no answer can be stopped, and the text stays', async ({
  console,
  server,
}) => {
  await expect(console.button('Send')).toBeVisible();
  // A living server answers every message at once.
  await server.kill();
  await expect(console.connection).toHaveText(/lost/);
  const bar = console.composer.getByRole('group', { name: 'Conversation' });
  await console.send('{"SH_INFO_ALL":{}}\n{"SH_INFO_ALL":{}}');
  await expect(bar).toContainText('1 of 2');
  await console.button('Stop').click();
  await expect(bar).toContainText('Stopped after message 1 of 2.');
  expect(await console.written()).toContain('SH_INFO_ALL');
});

test('regression 2: sent by shortcut while disconnected, a message connects, goes out once and stays', async ({
  console,
  page,
}) => {
  await console.button('Disconnect').click();
  await expect(console.connection).toHaveText('Disconnected');
  await console.write('{"SH_INFO_ALL":{}}');
  await console.editor.focus();
  await page.keyboard.press('Control+Enter');
  await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toHaveCount(1);
  await expect(console.rows(/Sent SH_INFO_ALL/)).toHaveCount(1);
  expect(await console.written()).toBe('{"SH_INFO_ALL":{}}');
});

test('a pasted token of another server is noticed and replaced by the captured one; undo works', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  const pasted = `{"KV_COUNT":{"tkn":"${sample}"}}`;
  await console.write('');
  await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
  await console.editor.focus();
  await page.keyboard.press('Control+v');
  await expect(console.composer).toContainText('This server has no session with token ··7462.');
  await console.button('Use {{tkn}}').click();
  await expect.poll(() => console.written()).toBe('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  await expect(console.composer).toContainText('Replaced it with {{tkn}}.');
  await console.editor.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => console.written()).toBe(pasted);
  await console.button('Keep it').click();
  await expect(console.composer).not.toContainText('This server has no session');
});

test('a pasted token that is a bare number is quoted before digits are lost', async ({
  console,
  otherClient,
}) => {
  const token = await otherClient.newSession('{"name":"a"}');
  await expect(console.sessionRow(/a/).first()).toBeVisible();
  await console.write(`{"SH_INFO":{"tkn":${token}}}`);
  await expect(console.composer).toContainText(
    `Many programs lose digits in a ${token.length}-digit number`,
  );
  await expect(console.composer).not.toContainText('This server has no session');
  await console.button('Add quotes').click();
  await expect.poll(() => console.written()).toBe(`{"SH_INFO":{"tkn":"${token}"}}`);
  await expect(console.composer).toContainText('every digit is kept');
  await console.button('Undo').click();
  await expect.poll(() => console.written()).toBe(`{"SH_INFO":{"tkn":${token}}}`);
  await expect(console.composer).toContainText('Many programs lose digits');
  await console.button('Send').click();
  await expect(console.rows(/Received SH_INFO_RSP/)).toBeVisible();
  await expect(console.composer).not.toContainText('Many programs lose digits');
});

for (const [what, pattern] of [
  ['the editor', /\/assets\/monaco-[^/]*\.js/],
  ['its language worker', /\/assets\/messageWorker-/],
] as const) {
  test(`without ${what} a plain text area still writes and sends`, async ({ page, server }) => {
    await page.route(pattern, (route) => route.abort());
    await page.goto(server.url);
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText(/Connected/);
    const composer = page.getByRole('region', { name: 'Compose message' });
    await expect(composer).toContainText("Couldn't load the full editor");
    const area = composer.getByRole('textbox', { name: 'Compose message' });
    await area.fill('{"SH_NEW":{"name":"plain"}}');
    await area.press('Control+Enter');
    await expect(page.getByRole('listitem', { name: /Received SH_NEW_RSP, Ok/ })).toBeVisible();
    await page.getByRole('button', { name: 'Templates' }).click();
    await page.getByRole('menuitem', { name: /^KV_COUNT/ }).click();
    await expect(area).toHaveValue(/KV_COUNT/);
    await expect(area).toBeFocused();
  });
}

test('what is typed while the editor loads goes over to it: text, selection and focus', async ({
  page,
  server,
}) => {
  const letThrough = await openWithHeldEditor(page, server.url);
  const area = page.locator('textarea.plain-editor');
  await area.fill('{"SH_INFO_ALL":{}}');
  await area.press('Home');
  for (let step = 0; step < 2; step += 1) await area.press('ArrowRight');
  // In the middle of a composed character nothing changes hands.
  await area.dispatchEvent('compositionstart');
  const worker = page.waitForEvent('worker');
  letThrough();
  await (await worker).evaluate(() => 0);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
      }),
  );
  await expect(area).toBeFocused();
  await area.dispatchEvent('compositionend');
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.type('X_');
  await expect
    .poll(() => page.evaluate(() => window.seshdeck.composer.getText()))
    .toBe('{"X_SH_INFO_ALL":{}}');
});

test('at 360 px every button of the composer is there and nothing sticks out', async ({
  console,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const panels = page.getByRole('navigation', { name: 'Panels' });
  await panels.getByRole('button', { name: 'Compose' }).click();
  await console.write('{"SH_INFO":{"tkn":"{{tkn}}","x":"{{a long name of a variable}}"}}\n{"A":1}');
  const expectInside = async (part: Locator) => {
    const { x = -1, width = 0 } = (await part.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(360);
  };
  for (const name of ['Beautify', 'Variables', 'Save message', 'Templates', 'Send']) {
    await expectInside(console.composer.getByRole('button', { name, exact: true }));
  }
  await console.button('Variables').click();
  await expectInside(page.getByRole('dialog', { name: 'Variables' }));
  await page.keyboard.press('Escape');
});

test('axe finds nothing serious in what the composer says, in either theme', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const check = async (view: string) => {
    expect(await axeFindingsInBothThemes(page, { impacts: serious }), view).toEqual([]);
  };
  await console.send('{"SH_INFO":{"tkn":"7"}}\n{"SH_INFO_ALL":{}}');
  await expect(console.composer).toContainText('Stopped at message 1 of 2');
  await check('a conversation');
  await console.send(`{"KV_SET":{"tkn":${sample},"keys":{"a":"{{who}}"}}}`);
  await expect(console.composer).toContainText('This server has no session');
  await console.button('Variables').click();
  await expect(page.getByRole('dialog', { name: 'Variables' })).toBeVisible();
  await check('notices and variables');
});

test('where {{tkn}} has no value, live sessions are offered, and one can be created', async ({
  console,
  page,
  otherClient,
}) => {
  await otherClient.newSession('{"name":"basket"}');
  await otherClient.newSession('{"name":"login"}');
  await expect(console.sessionRow(/login/)).toBeVisible();
  await console.send('{"KV_KEYS":{"tkn":"{{tkn}}"}}');
  const choice = console.composer.getByRole('group', { name: 'Which session?' });
  await expect(choice.getByRole('button', { name: /^(basket|login) ··/ })).toHaveCount(2);
  await choice.getByRole('button', { name: 'Other token…' }).click();
  await expect(page.getByRole('textbox', { name: 'Value for {{tkn}}' })).toBeVisible();
  await choice.getByRole('button', { name: /^basket ··\d+ · 0 keys/ }).click();
  await expect(choice).toHaveCount(0);
  await console.button('Send').click();
  await expect(console.rows(/Received KV_KEYS_RSP, Ok/)).toBeVisible();

  await console.send('{"KV_COUNT":{"tkn":"{{tkn:login}}"}}');
  await console.composer.getByRole('button', { name: /^Use login ··\d+ and send$/ }).click();
  await expect(console.rows(/Received KV_COUNT_RSP, Ok/)).toHaveCount(1);

  await console.send('{"KV_COUNT":{"tkn":"{{tkn:mine}}"}}');
  await choice.getByRole('button', { name: 'Create one' }).click();
  await expect(choice).toHaveCount(0);
  await console.button('Send').click();
  await expect(console.rows(/Received KV_COUNT_RSP, Ok/)).toHaveCount(2);
});
