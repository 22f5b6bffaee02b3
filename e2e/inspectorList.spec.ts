import { expect, test } from './fixtures.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

test('a list of many sessions is read by keys alone, and stays where it is read while others come', async ({
  console,
  otherClient,
  page,
}) => {
  for (let number = 0; number < 1200; number += 1)
    await otherClient.newSession(`{"name":"user:${number}"}`);
  const table = page.getByRole('table', { name: 'Live sessions' });
  const row = (name: string) => table.getByRole('row', { name, exact: true });
  const counts = console.sessions.getByText(/ of 1,20/);
  await expect(counts).toHaveText(/^1–\d+ of 1,200 sessions$/);
  await row('user:1199').getByRole('button').focus();
  await page.keyboard.press('End');
  await expect(row('user:0').getByRole('button')).toBeFocused();
  await expect(row('user:0')).toHaveAttribute('aria-rowindex', '1201');
  await expect(table).toHaveAttribute('aria-rowcount', '1201');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  const read = page.locator('.table-open:focus');
  await expect(read).toHaveText(/^user:\d\d$/);
  const [name, place] = [await read.textContent(), await read.boundingBox()];
  await otherClient.newSession('{"name":"above"}');
  await expect(counts).toHaveText(/ of 1,201 sessions$/);
  await expect(read).toHaveText(name ?? '');
  expect((await read.boundingBox())?.y).toBe(place?.y);

  await page.keyboard.press('Home');
  await expect(row('above').getByRole('button')).toBeFocused();
  await page.keyboard.type('USER:77');
  await expect(page.getByRole('searchbox', { name: 'Find sessions' })).toHaveValue('USER:77');
  await expect(console.sessions.getByText('1–11 of 11 matching · 1,201 sessions')).toBeVisible();
  await expect(row('user:77').locator('mark')).toHaveText('user:77');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(console.session.getByRole('heading', { name: 'user:779' })).toBeVisible();
});

test('a countdown ends with the session, or with its keys and begins again', async ({
  console,
  otherClient,
}) => {
  for (const [name, ends] of [
    ['ends', true],
    ['cleared', false],
  ] as const) {
    const expiry = `{"duration":3,"deleteSession":${ends}}`;
    const token = await otherClient.newSession(`{"name":"${name}","expiry":${expiry}}`);
    await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"a":1}}}`);
  }
  const cell = (name: RegExp, column: string) =>
    console.sessionRow(name).locator(`.is-${column}`).first();
  await expect(cell(/cleared/, 'expires').locator('.countdown')).toHaveAttribute(
    'title',
    /^Keys are deleted at \d/,
  );
  await expect(cell(/cleared/, 'keys')).toHaveText('1');
  await expect(cell(/cleared/, 'keys')).toHaveText('0');
  await expect(console.sessionRow(/cleared/)).toContainText(/[1-3]s/);
  await expect(console.sessionRow(/^ends$/)).toHaveCount(0);
});

test('keys and values are searched on the server: by text, by path, and with reasons for nothing', async ({
  console,
  otherClient,
}) => {
  for (const [name, id] of [
    ['phone', '7.0'],
    ['tablet', '8'],
    ['laptop', '7'],
  ] as const) {
    const tkn = await otherClient.newSession(`{"name":"${name}"}`);
    const keys = `{"user":{"id":${id},"city":"\u0130stanbul"}}`;
    await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  }
  const { sessions } = console;
  await sessions.getByRole('button', { name: 'Find in keys and values' }).click();
  const box = sessions.getByRole('searchbox', { name: 'Find sessions' });
  const find = async (text: string) => {
    await box.fill(text);
    await box.press('Enter');
  };
  await find('istanbul');
  await expect(sessions).toContainText('1–3 of 3 sessions');
  await expect(console.sessionRow(/phone/)).toContainText('found in user');
  await find('$.user.id == 7');
  await expect(sessions).toContainText('In a path, $ is the value of a key');
  await find('$.id == 7');
  await expect(sessions).toContainText('1–2 of 2 matching · 3 sessions');
  await expect(console.sessionRow(/tablet/)).toHaveCount(0);
  const second = await otherClient.newSession('{"name":"watch"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${second}","keys":{"user":{"id":7}}}}`);
  await expect(sessions).toContainText('1–3 of 3 matching · 4 sessions');
  await find('nowhere');
  await expect(sessions).toContainText('No session has “nowhere” in its keys or values.');
  await find('$.user[');
  await expect(sessions).toContainText('This is no JSON path.');
  await sessions.getByRole('button', { name: 'Show all sessions' }).click();
  await expect(sessions).toContainText('1–4 of 4 sessions');
});

test('a search that takes long is cancelled: all sessions are shown, and the next search is answered', async ({
  console,
  otherClient,
}) => {
  // Each step goes through all of it: a path of five steps takes the server as long as it may.
  const nested = `[${Array.from({ length: 400 }, () => '[[1,2],[3,4]]').join(',')}]`;
  const first = await otherClient.newSession('{"name":"nested"}');
  for (let at = 0; at < 40; at += 1) {
    await otherClient.ask(`{"KV_SET":{"tkn":"${first}","keys":{"k${at}":${nested}}}}`);
  }
  const second = await otherClient.newSession('{"name":"phone"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${second}","keys":{"id":7}}}`);
  const { sessions } = console;
  await sessions.getByRole('button', { name: 'Find in keys and values' }).click();
  const box = sessions.getByRole('searchbox', { name: 'Find sessions' });
  const long = '$..[?count(@..*..*..*..*) == 7]';
  await box.fill(long);
  await box.press('Enter');
  await expect(sessions).toContainText(/Searched \d of 2 sessions…/);
  await sessions.getByRole('button', { name: 'Cancel search' }).click();
  await expect(sessions).toContainText('The search was cancelled: all sessions are shown.');
  await expect(sessions).toContainText('1–2 of 2 sessions');
  await expect(box).toHaveValue(long);
  await box.fill('$ == 7');
  await box.press('Enter');
  await expect(sessions).toContainText('1–1 of 1 matching · 2 sessions');
  await expect(sessions).not.toContainText('cancelled');
  await expect(console.sessionRow(/phone/)).toContainText('found in id');
});

test('what is shown as an escape is found by it, in names and in values', async ({
  console,
  otherClient,
}) => {
  const first = await otherClient.newSession('{"name":"pay\u200bpal"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${first}","keys":{"note":"top\u202e secret"}}}`);
  await otherClient.newSession('{"name":"paypal"}');
  const { sessions } = console;
  const box = sessions.getByRole('searchbox', { name: 'Find sessions' });
  const row = console.sessionRow(/pay.u200bpal/);
  await expect(row.getByRole('button').first()).toHaveText(String.raw`pay\u200bpal`);
  // As it is read on the screen, and in the other case.
  await box.fill(String.raw`Y\U200BP`);
  await expect(sessions).toContainText('1–1 of 1 matching · 2 sessions');
  await expect(sessions.locator('mark')).toHaveText(String.raw`y\u200bp`);
  await sessions.getByRole('button', { name: 'Find in keys and values' }).click();
  await box.fill(String.raw`top\u202e`);
  await box.press('Enter');
  await expect(sessions).toContainText('1–1 of 1 matching · 2 sessions');
  await expect(row).toContainText('found in note');
});

test('several sessions are ended at once, when their number is typed', async ({
  console,
  otherClient,
  page,
}) => {
  for (const name of ['a', 'b', 'c', 'd']) await otherClient.newSession(`{"name":"${name}"}`);
  const open = (name: string) => console.sessionRow(new RegExp(`^${name}$`)).getByRole('button');
  await open('d').click({ modifiers: ['Control'] });
  await open('b').click({ modifiers: ['Shift'] });
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('3 sessions selected.');
  await page.getByRole('checkbox', { name: 'Select c' }).click();
  await selection.getByRole('button', { name: 'End…' }).click();
  const dialog = page.getByRole('dialog', { name: 'End 2 sessions?' });
  await dialog.getByRole('textbox').fill('2');
  await dialog.getByRole('button', { name: 'End 2 sessions' }).click();
  await expect(selection.getByRole('status')).toHaveText('2 of 2 sessions ended.');
  await expect(console.sessions).toContainText('2 sessions ·');
  await expect(open('c')).toBeVisible();
});

test('the inspector alone opens by a link to a filter and a session, at any width', async ({
  otherClient,
  page,
  server,
}) => {
  const hostile = '<img src=x onerror=window.hacked=1>\\u202e';
  const token = await otherClient.newSession(`{"name":"${hostile}"}`);
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal"}}}`);
  await otherClient.newSession('{"name":"other"}');
  await page.goto(`${server.url}/inspector#find=ONERROR&sort=name`);
  await expect(page).toHaveTitle(`Inspector · ${server.host}`);
  const table = page.getByRole('table', { name: 'Live sessions' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('row', { name: /onerror/ }).click();
  const session = page.getByRole('region', { name: 'Session', exact: true });
  await expect(session).toContainText('teal');
  await expect(page).toHaveTitle(/^<img src=x onerror=window\.hacked=1>\\u202e · Inspector · /);
  await expect(page).toHaveURL(/#session=[\w-]{12}&find=ONERROR&sort=name$/);
  const address = page.url();
  expect(address).not.toContain(token);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('about:blank');
  await page.goto(address);
  await expect(session).toContainText('teal');
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
  await session.getByRole('button', { name: 'Close session' }).click();
  await expect(table.getByRole('row', { name: /onerror/ })).toBeVisible();
  await page.getByRole('button', { name: 'Select sessions' }).click();
  await page.getByRole('checkbox').first().click();
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
  await page.goto(`${server.url}/inspector#session=AAAAAAAAAAAA`);
  await expect(page.getByText('There is no session of this id.')).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('groups are a tree that follows what others do, by mouse and by keys', async ({
  otherClient,
  page,
  server,
}) => {
  for (const name of ['shop:1', 'shop:eu:1', 'shop:eu:2', 'user:7', 'other']) {
    await otherClient.newSession(`{"name":"${name}"}`);
  }
  await page.goto(`${server.url}/inspector#sort=name`);
  await page.getByRole('button', { name: 'Group by name' }).click();
  const tree = page.getByRole('treegrid', { name: 'Live sessions' });
  const row = (name: string) => tree.getByRole('row', { name, exact: true });
  const levels = async () =>
    tree
      .locator('.table-row')
      .evaluateAll((rows) =>
        rows
          .toSorted((one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex))
          .map((each) => `${each.ariaLevel} ${each.ariaLabel}`),
      );
  await expect.poll(levels).toEqual(['1 shop:', '1 user:', '1 other']);
  await expect(row('shop:')).toContainText('3');
  await row('shop:').getByRole('button', { name: 'Open group shop:' }).click();
  const opened = ['1 shop:', '2 shop:eu:', '2 shop:1', '1 user:', '1 other'];
  await expect.poll(levels).toEqual(opened);
  await page.keyboard.press('ArrowRight');
  await expect(row('shop:eu:').getByRole('button')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(row('shop:eu:')).toHaveAttribute('aria-expanded', 'true');
  await otherClient.newSession('{"name":"shop:eu:3"}');
  const inner = ['3 shop:eu:1', '3 shop:eu:2', '3 shop:eu:3'];
  await expect.poll(levels).toEqual([...opened.slice(0, 2), ...inner, ...opened.slice(2)]);
  await expect(row('shop:eu:3')).toContainText(/^3/);
  await expect(page).toHaveURL(/#sort=name&group=%3A&open=shop%3A&open=shop%3Aeu%3A$/);
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
  await page.reload();
  await expect.poll(levels).toContain('3 shop:eu:2');
  await row('shop:eu:2').getByRole('button').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(levels).toEqual(opened);
  await expect(row('shop:eu:').getByRole('button')).toBeFocused();
  await page.getByRole('button', { name: 'Close all groups' }).click();
  await expect.poll(levels).toEqual(['1 shop:', '1 user:', '1 other']);
  for (const name of ['x-1', 'x-2']) await otherClient.newSession(`{"name":"${name}"}`);
  await page.getByRole('textbox', { name: 'Separator' }).fill('-');
  await expect(row('x-')).toContainText('2');
  await expect(row('shop:')).toHaveCount(0);
  await expect(page).toHaveURL(/#sort=name&group=-$/);
});

test('a press opens what it began on, whatever comes above it before the button is released', async ({
  console,
  otherClient,
  page,
  server,
}) => {
  const add = async (...names: readonly string[]) => {
    for (const name of names) await otherClient.newSession(`{"name":"${name}"}`);
  };
  await add('b:1', 'b:2', 'm');
  await page.goto(`${server.url}/inspector#sort=name&group=%3A`);
  const tree = page.getByRole('treegrid', { name: 'Live sessions' });
  const pressWhile = async (row: RegExp, names: readonly string[], counts: RegExp) => {
    await tree.getByRole('row', { name: row }).getByRole('button').hover();
    await page.mouse.down();
    await add(...names);
    // These counts change at once; the rows stay until the button is up.
    await expect(console.sessions.getByText(counts)).toBeVisible();
    await page.mouse.up();
  };
  await pressWhile(/^b:/, ['a:1', 'a:2'], /of 3 rows/);
  await expect(tree.getByRole('row', { name: /^b:2/ })).toBeVisible();
  await pressWhile(/^m$/, ['c'], /of 6 sessions/);
  await expect(console.session.getByRole('heading', { name: 'm' })).toBeVisible();
  await expect(tree.getByRole('row', { name: /^c$/ })).toBeVisible();
});
