import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import type { Right } from '../protocol/inspection/rights.ts';
import { expect, OtherClient, test, type Fixtures } from './fixtures.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

interface Key {
  readonly rights: readonly Right[];
  readonly prefix?: string;
}

const secretOf = (name: string) => `the inspection key called ${name}`;

/** @returns The file of inspection keys that was written. */
function writeKeys(testInfo: TestInfo, keys: Readonly<Record<string, Key>>): string {
  const file = testInfo.outputPath('keys.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const entries = Object.entries(keys).map(([name, key]) => {
    return { name, key: secretOf(name), ...key };
  });
  writeFileSync(file, JSON.stringify({ keys: entries }), { mode: 0o600 });
  return file;
}

async function unlock({ sessions }: ConsolePage, name: string): Promise<void> {
  await sessions.getByLabel('Inspection key').fill(secretOf(name));
  await sessions.getByRole('button', { name: 'Unlock' }).click();
}

type Parts = Pick<Fixtures, 'console' | 'otherServer' | 'server'> & { readonly page: Page };

/** A server with two sessions, inspected from the page of another one with the first of these keys. */
async function openWith(
  { console, otherServer, server, page }: Parts,
  testInfo: TestInfo,
  keys: Readonly<Record<string, Key>>,
): Promise<void> {
  const file = writeKeys(testInfo, keys);
  await otherServer.start('--allow-origin', server.url, '--inspect-keys', file);
  await page.setViewportSize({ width: 1440, height: 900 });
  await console.connectTo(otherServer.socketUrl);
  for (const name of ['shop-basket', 'admin']) {
    await console.send(`{"SH_NEW":{"name":"${name}"}}`);
    await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"owner":{"id":"agnes"}}}}');
  }
  await expect(console.rows(/Received KV_SET_RSP/)).toHaveCount(2);
  await console.sessions.getByRole('button', { name: 'Enter inspection key' }).click();
  await unlock(console, Object.keys(keys)[0] ?? '');
  await console.button('Widen sessions').click();
}

/** What is asked for, and a person reads in its place. */
const lacks = (words: string) => `This key lacks the right to ${words}.`;

test('a key that is removed while it is used clears what is shown, and another one shows what it may', async ({
  console,
  otherServer,
  server,
  page,
}, testInfo) => {
  const look: Key = { rights: ['look'] };
  const parts = { console, otherServer, server, page };
  await openWith(parts, testInfo, { first: { rights: ['look', 'values'] }, second: look });
  const { sessions, session } = console;
  await console.sessionRow(/admin/).click();
  await expect(session).toContainText('agnes');

  writeKeys(testInfo, { second: look });
  otherServer.reread();
  await expect(sessions.getByRole('alert')).toHaveText(
    'The key that was used here was removed from the server.',
  );
  await expect(session).toHaveCount(0);
  for (const gone of ['agnes', 'admin']) await expect(sessions).not.toContainText(gone);
  await unlock(console, 'first');
  await expect(sessions.getByRole('alert')).toContainText('did not accept');

  await unlock(console, 'second');
  await console.sessionRow(/admin/).click();
  await session.getByRole('treeitem', { name: /^owner/ }).click();
  await expect(session).toContainText(lacks('see values'));
  await expect(session).not.toContainText('agnes');
});

test('a key without values shows names and sizes, and says why each value is missing', async ({
  console,
  otherServer,
  server,
  page,
}, testInfo) => {
  const rights = ['look', 'change', 'end'] as const;
  await openWith({ console, otherServer, server, page }, testInfo, { support: { rights } });
  const { sessions, session } = console;
  const why = lacks('see values');
  await console.sessionRow(/admin/).click();
  await expect(session).toContainText(`The token stays hidden, as it allows everything. ${why}`);
  await expect(session.getByRole('button', { name: 'Reveal token' })).toHaveCount(0);
  await expect(session.getByRole('treeitem')).toHaveText([/^ownerhidden · ≈/]);
  await session.getByRole('treeitem').click();
  const value = session.getByRole('region', { name: 'Value of owner' });
  await expect(value).toContainText(why);
  for (const name of ['Edit', 'Remove']) {
    await expect(value.getByRole('button', { name, exact: true })).toHaveAttribute('title', why);
  }
  await value.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('menuitem', { name: 'As text' }).click();
  await expect(session.getByRole('status').filter({ hasText: why })).toBeVisible();
  await session.getByRole('searchbox', { name: 'Find keys or a path' }).fill('$..id');
  await expect(session.getByRole('alert')).toHaveText(why);
  await session.getByRole('tab', { name: 'Timeline' }).click();
  await expect(session).toContainText(why);

  await sessions.getByRole('button', { name: 'Find in keys and values' }).click();
  await sessions.getByRole('searchbox', { name: 'Find sessions' }).fill('agnes');
  await page.keyboard.press('Enter');
  await expect(sessions).toContainText(why);
  await expect(console.sessionRow(/admin/)).toHaveCount(0);
  await page.getByRole('tab', { name: 'Commands' }).click();
  await page.getByRole('button', { name: 'Start' }).first().click();
  const client = await OtherClient.connect(otherServer.socketUrl);
  await client.newSession('{"name":"agnes"}');
  client.close();
  await page.getByRole('row', { name: /SH_NEW/ }).click();
  await expect(sessions).toContainText(why);
  await expect(sessions).not.toContainText('agnes');
});

test('a narrow window says of each value that it is hidden', async ({
  console,
  otherServer,
  server,
  page,
}, testInfo) => {
  await openWith({ console, otherServer, server, page }, testInfo, {
    support: { rights: ['look'] },
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await console.panels.getByRole('button', { name: 'Sessions' }).click();
  await console.sessionRow(/admin/).click();
  await expect(console.session.getByText(/hidden · ≈/)).toBeVisible();
});

test('rights that are taken away count at once, and each button says which one is missing', async ({
  console,
  otherServer,
  server,
  page,
}, testInfo) => {
  const rights = ['look', 'values', 'change', 'end', 'audit'] as const;
  await openWith({ console, otherServer, server, page }, testInfo, { key: { rights } });
  const { session } = console;
  const without = (...missing: Right[]) => {
    writeKeys(testInfo, { key: { rights: rights.filter((each) => !missing.includes(each)) } });
    otherServer.reread();
  };
  const button = (name: string) => session.getByRole('button', { name, exact: true });
  const change = ['Expiry…', 'Clear…', 'Add key', 'Edit', 'Remove'];
  await console.sessionRow(/admin/).click();
  await session.getByRole('treeitem', { name: /^owner/ }).click();
  for (const name of [...change, 'End…', 'Reveal token']) await expect(button(name)).toBeEnabled();

  without('change');
  for (const name of change) {
    await expect(button(name)).toHaveAttribute('title', lacks('change sessions'));
    await expect(button(name)).toBeDisabled();
  }
  await expect(button('End…')).toBeEnabled();
  await expect(session).toContainText(`allows everything. ${lacks('change sessions')}`);

  without('end');
  await expect(button('End…')).toHaveAttribute('title', lacks('end sessions and cut connections'));
  await expect(button('End…')).toBeDisabled();
  for (const name of change) await expect(button(name)).toBeEnabled();
  await expect(page.getByRole('tab', { name: 'Audit' })).toBeVisible();
  await page.getByRole('tab', { name: 'Clients' }).click();
  await page
    .getByRole('row', { name: /127\.0\.0\.1/ })
    .first()
    .click();
  const cut = page.getByRole('button', { name: 'Cut off…' });
  await expect(cut).toBeDisabled();
  await expect(cut).toHaveAttribute('title', lacks('end sessions and cut connections'));

  without('audit');
  await expect(page.getByRole('tab', { name: 'Audit' })).toHaveCount(0);
  await expect(cut).toBeEnabled();
  without('look');
  await page.getByRole('tab', { name: 'Sessions' }).click();
  await expect(console.sessions).toContainText(lacks('see sessions'));
  await expect(console.sessions).not.toContainText('admin');
});

test('for a key with a prefix there are no other sessions, and what is about all is refused', async ({
  console,
  otherServer,
  server,
  page,
}, testInfo) => {
  const rights = ['look', 'values', 'change', 'end', 'audit'] as const;
  const key: Key = { rights, prefix: 'shop-' };
  await openWith({ console, otherServer, server, page }, testInfo, { shop: key });
  const { sessions } = console;
  await expect(sessions).toContainText('1–1 of 1 session');
  await expect(console.sessionRow(/shop-basket/)).toBeVisible();
  await expect(sessions).not.toContainText('admin');
  const why =
    'This key is for sessions whose names begin with “shop-”, and this is about all sessions.';
  for (const name of ['Overview', 'Clients', 'Audit']) {
    await page.getByRole('tab', { name }).click();
    await expect(sessions).toContainText(why);
    await expect(sessions).not.toContainText('admin');
  }
});

test('on a read-only server everything can be seen, and each button that would change something says why not', async ({
  otherServer,
  page,
}, testInfo) => {
  const data = ['--data', testInfo.outputPath('data')];
  await otherServer.start(...data);
  const client = await OtherClient.connect(otherServer.socketUrl);
  const tkn = await client.newSession(
    '{"name":"basket","expiry":{"duration":600,"deleteSession":true}}',
  );
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"qty":2}}}`);
  client.close();
  await otherServer.stop();
  await otherServer.start(...data, '--read-only');

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${otherServer.url}/inspector`);
  const console = new ConsolePage(page);
  const { session, sessions } = console;
  await console.sessionRow(/basket/).click();
  await session.getByRole('treeitem', { name: /^qty/ }).click();
  const why = 'This server is read-only (--read-only): nothing can be changed.';
  for (const name of ['Touch', 'Expiry…', 'Clear…', 'End…', 'Add key', 'Edit', 'Remove']) {
    const button = session.getByRole('button', { name, exact: true });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute('title', why);
  }
  await expect(session.getByRole('status').filter({ hasText: why })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(session.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await sessions.getByRole('tab', { name: 'Overview' }).click();
  await expect(sessions).toContainText('Read-only: changes are refused');
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
  const reader = await OtherClient.connect(otherServer.socketUrl);
  expect(await reader.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["qty"]}}`)).toContain('"qty":2');
  reader.close();
});
