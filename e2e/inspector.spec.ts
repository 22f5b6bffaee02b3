import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

test('a session of another client appears at once, and its keys as they change', async ({
  console,
  otherClient,
}) => {
  await expect(console.sessions).toContainText('0 sessions');
  const token = await otherClient.newSession('{"name":"from elsewhere"}');
  const row = console.sessionRow(/from elsewhere/);
  await expect(row).toBeVisible();
  await expect(console.sessions).not.toContainText(token);

  await row.click();
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal"}}}`);
  await expect(console.session).toContainText('colour');
  await expect(console.session).toContainText('teal');
});

test('a chosen session takes the place of the list where there is no room beside it', async ({
  console,
  otherClient,
  page,
}) => {
  for (const name of ['first', 'second', 'third'])
    await otherClient.newSession(`{"name":"${name}"}`);
  const nameOf = (name: string) => console.session.getByRole('heading', { name });
  await console
    .sessionRow(/second/)
    .getByRole('button')
    .focus();
  await page.keyboard.press('Enter');
  await expect(nameOf('second')).toBeFocused();
  await expect(console.sessionRow(/second/)).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(nameOf('first')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await console.button('Previous session').click();
  await expect(nameOf('third')).toBeVisible();
  await console.button('Close session').click();
  await expect(console.session).toHaveCount(0);
  await expect(console.sessionRow(/third/).getByRole('button')).toBeFocused();

  await page.keyboard.press('Enter');
  await page.setViewportSize({ width: 2560, height: 900 });
  await expect(nameOf('third')).toBeVisible();
  await console.sessionRow(/second/).click();
  await expect(nameOf('second')).toBeVisible();
});

test('the head of a column sorts the list, and widened it has the window with the chosen session', async ({
  console,
  otherClient,
  page,
}) => {
  for (const name of ['b', 'c', 'a']) await otherClient.newSession(`{"name":"${name}"}`);
  const table = page.getByRole('table', { name: 'Live sessions' });
  const rows = table.getByRole('row', { name: /^[abc]$/ });
  const head = (name: string) => table.getByRole('columnheader', { name });
  await expect(rows).toHaveText([/^a/, /^c/, /^b/]);
  await head('Name').getByRole('button').click();
  await expect(rows).toHaveText([/^a/, /^b/, /^c/]);
  await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending');
  await head('Name').getByRole('button').click();
  await expect(rows).toHaveText([/^c/, /^b/, /^a/]);
  await expect(console.sessions.getByRole('combobox', { name: 'Sort sessions' })).toHaveValue(
    'name',
  );
  await expect(head('Created')).toHaveCount(0);

  const widen = console.button('Widen sessions');
  await widen.click();
  await expect(console.composer).toBeHidden();
  await head('Created').getByRole('button').click();
  await expect(rows).toHaveText([/^a/, /^c/, /^b/]);
  await console.sessionRow(/^b$/).getByRole('button').click();
  await expect(console.session.getByRole('heading', { name: 'b' })).toBeVisible();
  await expect(rows).toHaveCount(3);
  for (const name of ['Keys', 'Expires']) await expect(head(name)).toBeVisible();
  await widen.click();
  await expect(console.composer).toBeVisible();
});

test('two consoles on one session show what any client sets, overwrites and removes', async ({
  console,
  otherClient,
  context,
  server,
}) => {
  const token = await otherClient.newSession('{"name":"watched by two"}');
  const secondPage = await context.newPage();
  await secondPage.goto(server.url);
  const second = new ConsolePage(secondPage);
  const both = [console, second];
  for (const each of both) await each.sessionRow(/watched by two/).click();
  const bothShow = async (...texts: string[]) => {
    for (const { session } of both) {
      await expect(session.getByRole('treeitem')).toHaveText(texts.map((text) => new RegExp(text)));
    }
  };
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"a":"first","b":1}}}`);
  await bothShow('a"first"', 'b1');
  await console.send(`{"KV_SET":{"tkn":"${token}","keys":{"a":"second"}}}`);
  await bothShow('a"second"', 'b1');
  await console.send(`{"KV_RMV":{"tkn":"${token}","keys":["b"]}}`);
  await bothShow('a"second"');
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"a":"third"}}}`);
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"c":[]}}}`);
  await bothShow('a"third"', 'c\\[\\]');
});

test('a session that expires disappears', async ({ console, otherClient }) => {
  await otherClient.newSession('{"name":"short","expiry":{"duration":2,"deleteSession":true}}');
  await expect(console.sessions).toContainText('1 session ');
  await expect(console.sessions).toContainText('0 sessions');
  await expect(console.sessionRow(/short/)).toHaveCount(0);
});

test('looking at a session does not keep it alive', async ({ console, otherClient }) => {
  await otherClient.newSession('{"name":"seen","expiry":{"duration":6,"deleteSession":true}}');
  const row = console.sessionRow(/seen/);
  await row.click();
  await expect(console.session).toContainText('Viewing it does not extend it');
  await expect(console.sessions).toContainText('0 sessions');
  await expect(row).toHaveCount(0);
});

test('a token is shown only when asked for', async ({ console, otherClient }) => {
  const token = await otherClient.newSession('{"name":"secret"}');
  await console.sessionRow(/secret/).click();
  await expect(console.session).toContainText('secret');
  await expect(console.session).not.toContainText(token);
  await console.session.getByRole('button', { name: 'Reveal token' }).click();
  await expect(console.session).toContainText(token);
  await console.session.getByRole('button', { name: 'Hide token' }).click();
  await expect(console.session).not.toContainText(token);
});

test('hostile names and values are shown as text', async ({ console, otherClient, page }) => {
  const hostile = '<img src=x onerror=window.hacked=1>';
  const token = await otherClient.newSession(`{"name":"${hostile}"}`);
  await otherClient.ask(
    `{"KV_SET":{"tkn":"${token}","keys":{"__proto__":"${hostile}","${hostile}":[1]}}}`,
  );
  await console.sessionRow(/onerror/).click();
  await expect(console.session).toContainText('__proto__');
  await expect(console.session).toContainText(hostile);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('the sessions are those of the server that the tab is connected to', async ({
  console,
  otherServer,
  page,
  server,
  otherClient,
}) => {
  await otherClient.newSession('{"name":"at home"}');
  await expect(console.sessionRow(/at home/)).toBeVisible();
  await otherServer.start('--allow-origin', server.url);
  const host = new URL(otherServer.url).host;
  const ownHost = new URL(server.url).host;
  await page.keyboard.press('Alt+t');
  await console.connectTo(otherServer.socketUrl);
  await expect(console.connection).toHaveText(`Connected to ${host}`);

  await expect(console.sessions).toContainText(`Sessions of ${host} can't be shown here.`);
  await expect(console.sessionRow(/at home/)).toHaveCount(0);
  await console.sessions.getByRole('button', { name: `Show sessions of ${ownHost}` }).click();
  await console.sessionRow(/at home/).click();
  await expect(console.sessions).toContainText(`Sessions of ${ownHost}`);
  await expect(console.session.getByRole('button', { name: 'Copy token' })).toBeVisible();
  await expect(console.session.getByRole('button', { name: 'Set as {{tkn}}' })).toHaveCount(0);
  await console.sessions.getByRole('button', { name: `Back to ${host}` }).click();
  await expect(console.sessionRow(/at home/)).toHaveCount(0);

  await console.connectTo(server.socketUrl.replace('127.0.0.1', 'localhost'));
  await console.sessionRow(/at home/).click();
  await console.session.getByRole('button', { name: 'Set as {{tkn}}' }).click();
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText(
    '{{tkn}} is now the token of at home.',
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await console.tabs.nth(0).click();
  await expect(console.session).toContainText('at home');
});

test('an inspection key shows the sessions of another server that allows this page', async ({
  console,
  otherServer,
  page,
  server,
}, testInfo) => {
  const keyFile = testInfo.outputPath('key.txt');
  mkdirSync(path.dirname(keyFile), { recursive: true });
  writeFileSync(keyFile, 'a key of another server', { mode: 0o600 });
  await otherServer.start('--allow-origin', server.url, '--inspect-key-file', keyFile);
  await console.connectTo(otherServer.socketUrl);
  const { sessions } = console;
  await sessions.getByRole('button', { name: 'Enter inspection key' }).click();
  await sessions.getByLabel('Inspection key').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(sessions.getByRole('alert')).toContainText('did not accept');
  await sessions.getByLabel('Inspection key').fill('a key of another server');
  await page.keyboard.press('Enter');
  await expect(sessions).toContainText('No sessions yet');
  await console.send('{"SH_NEW":{"name":"there"}}');
  await expect(console.sessionRow(/there/)).toBeVisible();
});
