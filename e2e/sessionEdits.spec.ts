import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { axeFindings, serious } from './pages/axe.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

const key = (session: Locator, name: string) =>
  session.getByRole('treeitem', { name: new RegExp(`^${name}`) });

async function write(page: Page, text: string) {
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('an edit waits until it is saved, and is taken back', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"basket"}');
  const get = () => otherClient.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["user","count"]}}`);
  await otherClient.ask(
    `{"KV_SET":{"tkn":"${tkn}","keys":{"user":{"id":14247375118774737462,"name":"Ada"},"count":1.50}}}`,
  );
  const before = await get();
  await console.sessionRow(/basket/).click();
  const { session } = console;
  await key(session, 'user').click();
  await page.keyboard.press('ArrowRight');
  await key(session, 'name').click();
  await session.getByRole('button', { name: 'Edit', exact: true }).click();
  await write(page, '"Grace');
  await expect(session).toContainText('Line 1, column 7');
  await page.keyboard.press('Home');
  await session.getByRole('button', { name: 'Go to the fault' }).click();
  const area = session.getByRole('textbox', { name: 'Value of user' });
  await expect(area).toBeFocused();
  expect(await area.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBe(6);
  // Neither Escape nor a click beside it writes or loses anything.
  await page.keyboard.press('Escape');
  await key(session, 'count').click();
  expect(await get()).toBe(before);
  await key(session, 'name').click();
  await expect(session.getByRole('textbox', { name: 'Value of user' })).toHaveValue('"Grace');
  await area.fill('"Grace"');
  await key(session, 'count').click();
  await page.keyboard.press('Delete');
  expect(await get()).toBe(before);
  await session.getByRole('button', { name: 'Review' }).click();
  await expect(session).toContainText('{"KV_CAS":{"key":"count","old":1.50}}');
  await session.getByRole('button', { name: 'Save' }).click();
  await expect(session).toContainText('Saved 2 changes.');
  expect(await get()).toContain('"user":{"id":14247375118774737462,"name":"Grace"},"count":null');
  await session.getByRole('button', { name: 'Undo' }).click();
  await expect(key(session, 'count')).toContainText('1.50');
  await expect(key(session, 'name')).toContainText('Ada');
  expect(await get()).toBe(before);
});

test('what another client changes before you save is a conflict: mine, theirs or merged', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"contested"}');
  const set = (keys: string) => otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set('{"a":{"x":1,"y":1}}');
  await console.sessionRow(/contested/).click();
  const { session } = console;
  await key(session, 'a').click();
  await session.getByRole('button', { name: 'Edit', exact: true }).click();
  await write(page, '{"x":2,"y":1}');
  await set('{"a":{"x":1,"y":3}}');
  await expect(key(session, 'a')).toContainText('conflict');
  const conflict = session.getByRole('group', { name: /Somebody else/ });
  for (const value of ['{"x":2,"y":1}', '{"x":1,"y":3}', '{"x":2,"y":3}']) {
    await expect(conflict).toContainText(value);
  }
  await session.getByRole('button', { name: 'Save' }).click();
  await expect(conflict).toBeVisible();
  await conflict.getByRole('button', { name: 'Merge both' }).click();
  await session.getByRole('button', { name: 'Save' }).click();
  await expect(session).toContainText('Saved 1 change.');
  await set('{"a":"since"}');
  await expect(key(session, 'a')).toContainText('since');
  await session.getByRole('button', { name: 'Undo' }).click();
  await expect(session).toContainText('somebody has changed it since: a');
});

/** Buttons of a part that are cut off, or that have to be scrolled to. */
async function outOfSight(part: Locator): Promise<string[]> {
  return part.getByRole('button').evaluateAll(async (buttons) => {
    const shares = new Promise<Map<Element, number>>((resolve) => {
      const seen = new Map<Element, number>();
      const observer = new IntersectionObserver((entries) => {
        for (const { target, intersectionRatio } of entries) seen.set(target, intersectionRatio);
        if (seen.size === buttons.length) resolve(seen);
      });
      for (const button of buttons) observer.observe(button);
    });
    const seen = await shares;
    const cut = buttons.filter((each) => (seen.get(each) ?? 0) < 0.99);
    return cut.map((each) => each.textContent);
  });
}

test('in a conflict every button is in sight, however little room there is', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession(
    '{"name":"narrow","expiry":{"duration":900,"deleteSession":true}}',
  );
  const set = (keys: string) => otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set(
    '{"user":{"id":57,"name":"Ada","roles":["buyer"]},"note":"gift wrap","visits":1,"step":2}',
  );
  await page.setViewportSize({ width: 1024, height: 768 });
  await console.sessionRow(/narrow/).click();
  const { session } = console;
  for (const name of ['visits', 'note']) {
    await key(session, name).click();
    await page.keyboard.press('Enter');
    await write(page, '"changed"');
  }
  await key(session, 'user').click();
  await page.keyboard.press('e');
  await write(page, '{"id":57,"name":"Ada Lovelace","roles":["buyer"]}');
  await set('{"user":{"id":57,"name":"Ada","roles":["buyer","vip"]}}');
  const conflict = session.getByRole('group', { name: /Somebody else/ });
  const review = session.getByRole('list', { name: 'Unsaved changes' });
  const bar = session.getByRole('group', { name: 'Unsaved changes' });
  for (const [width, height] of [
    [1024, 768],
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    if (width === 390) await console.panels.getByRole('button', { name: 'Sessions' }).click();
    await key(session, 'user').click();
    await expect(conflict).toHaveCount(1);
    for (const part of [conflict, bar]) expect.soft(await outOfSight(part)).toEqual([]);
    await bar.getByRole('button', { name: 'Review' }).click();
    // The conflict comes first, whatever was edited first.
    await expect(review.getByRole('listitem').first()).toContainText('Somebody else');
    for (const part of [review.getByRole('listitem').first(), bar]) {
      expect.soft(await outOfSight(part)).toEqual([]);
    }
    await bar.getByRole('button', { name: 'Review' }).click();
  }
  await bar.getByRole('button', { name: 'Review' }).click();
  await review.getByRole('button', { name: 'Merge both' }).press('Enter');
  // The button is gone: the focus stays among the changes.
  await expect(review.locator(':focus')).toHaveCount(1);
  for (let left = 3; left > 0; left -= 1) {
    await expect(review.getByRole('listitem')).toHaveCount(left);
    await review.getByRole('button', { name: 'Discard' }).first().press('Enter');
  }
  await expect(review).toHaveCount(0);
  await expect(key(session, 'user')).toBeFocused();
});

async function tabTo(page: Page, target: Locator, how: 'Tab' | 'Shift+Tab' = 'Tab') {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(how);
  }
  await expect(target).toBeFocused();
}

test('a value is changed, a key added, both saved and undone with the keyboard alone', async ({
  otherClient,
  page,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"keys only"}');
  const get = () => otherClient.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a","b"]}}`);
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
  const before = await get();
  await page.goto(`${server.url}/inspector#find=keys%20only`);
  const { session, sessionRow } = ((of) => ({
    session: of.session,
    sessionRow: of.sessionRow(/keys only/).getByRole('button'),
  }))(new ConsolePage(page));
  await tabTo(page, sessionRow);
  await page.keyboard.press('Enter');
  await tabTo(page, key(session, 'a'));
  await page.keyboard.press('Enter');
  await write(page, '2');
  await page.keyboard.press('Escape');
  const save = session.getByRole('button', { name: 'Save' });
  await expect(save).toHaveAttribute('title', /^Save all changes \(Ctrl\+Enter\)\n/);
  await tabTo(page, session.getByRole('button', { name: 'Add key' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('b');
  await page.keyboard.press('Enter');
  await expect(session.getByRole('textbox', { name: 'Value of b' })).toBeFocused();
  await write(page, '"new"');
  expect(await get()).toBe(before);
  await page.keyboard.press('Control+Enter');
  await expect(session).toContainText('Saved 2 changes.');
  await expect(session.getByRole('textbox', { name: 'Value of b' })).toHaveValue('"new"');
  expect(await get()).toContain('"keys":{"a":2,"b":"new"}');
  await tabTo(page, session.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await expect(key(session, 'b')).toHaveCount(0);
  await expect.poll(get).toBe(before);
});

test('Ctrl+Enter saves edits only where they are, and the list of shortcuts has it', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"both"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
  await console.sessionRow(/both/).click();
  const { session } = console;
  await key(session, 'a').click();
  await page.keyboard.press('Enter');
  await write(page, '2');
  await console.write('{"SV_INFO":{}}');
  await console.editor.press('Control+Enter');
  await expect(console.rows(/Received SV_INFO_RSP, Ok/)).toHaveCount(1);
  await expect(session).toContainText('1 unsaved change');
  // On another button, it is not that button's Enter.
  await session.getByRole('button', { name: 'Discard…' }).press('Control+Enter');
  await expect(session).toContainText('Saved 1 change.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await console.button('Settings').click();
  await page.getByRole('tab', { name: 'Shortcuts' }).click();
  const keys = page.getByRole('region', { name: 'Session', exact: true }).last();
  await expect(keys).toContainText('Save all changesCtrlEnter');
  await expect(keys).toContainText('Edit the valueE');
});

test('keys are added, renamed and removed with the keyboard alone, and another console sees it', async ({
  console,
  otherClient,
  context,
  page,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"by keyboard"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1,"b":[1,2]}}}`);
  const second = new ConsolePage(await context.newPage());
  await second.page.goto(server.url);
  await second.sessionRow(/by keyboard/).click();
  await page.bringToFront();
  await console
    .sessionRow(/by keyboard/)
    .getByRole('button')
    .focus();
  await page.keyboard.press('Enter');
  const { session } = console;
  await key(session, 'a').focus();
  await page.keyboard.press('F2');
  await write(page, 'renamed');
  await page.keyboard.press('Enter');
  await expect(key(session, 'renamed')).toContainText('added');
  await key(session, 'b').focus();
  await page.keyboard.press('Insert');
  await expect(session.getByRole('textbox', { name: 'Value of b' })).toBeFocused();
  await write(page, '3');
  await page.keyboard.press('Escape');
  await session.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(second.session.getByRole('treeitem')).toHaveText([/^b\[1,2,3\]/, /^renamed1/]);
  await session.getByRole('button', { name: 'End…' }).click();
  await page.getByRole('button', { name: 'End session' }).click();
  for (const each of [console, second])
    await expect(each.session).toContainText('ended or expired');
});

test('after saving and undoing with the keyboard, the focus is back in the tree', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"basket"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1,"b":2}}}`);
  await console.sessionRow(/basket/).click();
  const { session } = console;
  await key(session, 'a').focus();
  await page.keyboard.press('Enter');
  await write(page, '3');
  await session.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(session).toContainText('Saved 1 change.');
  await expect(key(session, 'a')).toBeFocused();
  await session.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(key(session, 'a')).toContainText('1');
  await expect(key(session, 'a')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(key(session, 'b')).toBeFocused();
});

test('hostile keys and values are text, and nothing is out of reach at 390 px in either theme', async ({
  console,
  otherClient,
  page,
}) => {
  const hostile = '<img src=x onerror=window.hacked=1>';
  const tkn = await otherClient.newSession('{"name":"hostile"}');
  const name = `${'k'.repeat(10_000)}`;
  await otherClient.ask(
    `{"KV_SET":{"tkn":"${tkn}","keys":{"${hostile}":"${hostile}","\\u202eevil\\u0000":{"__proto__":1},"${name}":1}}}`,
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await console.panels.getByRole('button', { name: 'Sessions' }).click();
  await console.sessionRow(/hostile/).click();
  const { session } = console;
  await key(session, '<img').click();
  const more = session.getByRole('button', { name: 'More for this value' });
  await expect(more.locator('svg')).toBeVisible();
  await session.getByRole('button', { name: 'Edit', exact: true }).click();
  await write(page, '7');
  await session.getByRole('button', { name: 'Review' }).click();
  await expect(session).toContainText(String.raw`\u202eevil\u0000`);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await axeFindings(page, { impacts: serious })).toEqual([]);
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

test('with Alt held, a button writes its command into the composer and sends nothing', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession(
    '{"name":"basket","expiry":{"duration":600,"deleteSession":true}}',
  );
  await console.sessionRow(/basket/).click();
  const { session } = console;
  await session.getByRole('button', { name: 'End…', exact: true }).click({ modifiers: ['Alt'] });
  await expect.poll(() => console.written()).toContain('"SH_END"');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await session.getByRole('button', { name: 'Touch', exact: true }).click({ modifiers: ['Alt'] });
  await expect.poll(() => console.written()).toContain('"SH_TOUCH"');
  await expect(console.rows(/SH_/)).toHaveCount(0);
  expect(await otherClient.ask(`{"SH_EXISTS":{"tkns":["${tkn}"]}}`)).toContain(tkn);
  for (const [name, value] of [
    ['a', '1'],
    ['b', '2'],
  ] as const) {
    await session.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('textbox', { name: 'Key' }).fill(name);
    await page.keyboard.press('Enter');
    await session.getByRole('textbox', { name: `Value of ${name}` }).fill(value);
  }
  await session.getByRole('button', { name: 'Save' }).click({ modifiers: ['Alt'] });
  await expect.poll(() => console.written()).toMatch(/"key": "a"[^]*"key": "b"/);
  await expect(session).toContainText('2 unsaved changes');
  await session.getByRole('button', { name: 'Touch', exact: true }).click({ modifiers: ['Alt'] });
  await expect.poll(() => console.written()).toContain('"SH_TOUCH"');
  // The variable in it stands for the session that was chosen.
  await console.composer.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(console.rows(/Received SH_TOUCH_RSP, Ok/)).toHaveCount(1);
});
