import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

type Role = Parameters<Page['getByRole']>[0];

/** A tab without a title of its own is named after its server. */
const aServer = /^127\.0\.0\.1:\d+$/;

/** What `docs/automation.md` promises, by the state of the page in which it is there. */
const promised = {
  'first look': [
    ['button', 'Skip to the composer'],
    ['button', 'Skip to the lesson'],
    ['textbox', 'Server URL'],
    ['button', 'Recent servers'],
    ['button', 'Server mode: Local'],
    ['button', 'Disconnect'],
    ['status', 'Connection'],
    ['status', 'Durability'],
    ['button', 'Connection details'],
    ['tablist', 'Connections'],
    ['tab', aServer],
    ['button', 'New tab'],
    ['button', /^Close 127/],
    ['button', 'Tab menu'],
    ['button', 'Search or run'],
    ['button', 'Settings'],
    ['navigation', 'Panels'],
    ['button', 'Learn'],
    ['button', 'Reference'],
    ['button', 'Saved'],
    ['button', 'History'],
    ['button', 'Sessions'],
    ['region', 'Compose message'],
    ['textbox', 'Compose message'],
    ['status', 'Recalled message'],
    ['button', 'Send'],
    ['button', 'Beautify'],
    ['button', 'Templates'],
    ['button', 'Save message'],
    ['region', 'Response'],
    ['log', 'Messages'],
    ['searchbox', 'Search messages'],
    ['combobox', 'Show'],
    ['button', 'Export'],
    ['button', 'Clear messages'],
    ['region', 'Sessions'],
    ['searchbox', 'Find sessions'],
    ['table', 'Live sessions'],
    ['region', 'Tutorial'],
    ['button', 'Insert'],
    ['button', 'Run'],
    ['button', 'Next'],
    ['button', 'Back'],
    ['button', 'Start over'],
    ['button', 'Copy step'],
    ['status', 'Tutorial progress'],
  ],
  'the outline of the lessons is open': [
    ['list', 'Lessons'],
    ['list', 'Steps'],
  ],
  'a step was run': [
    ['status', 'Step result'],
    ['listitem', /Received SH_INFO_ALL_RSP/],
  ],
  'a session is chosen': [
    ['region', 'Session'],
    ['button', 'Previous session'],
    ['button', 'Next session'],
    ['button', 'Close session'],
    ['button', 'Reveal token'],
    ['button', 'Copy token'],
  ],
  'its token is revealed': [['button', 'Hide token']],
  'a message is held back': [
    ['alert', ''],
    ['button', 'Send anyway'],
  ],
  'a reply is unfolded': [
    ['group', 'View'],
    ['button', 'Tree'],
    ['group', 'Payload'],
    ['button', 'Copy payload'],
  ],
  'a variable is in the message': [['list', 'Variables in this message']],
  'the variables': [
    ['dialog', 'Variables'],
    ['textbox', 'Name'],
    ['textbox', 'Value'],
    ['button', 'Add variable'],
  ],
  reference: [
    ['region', 'Reference'],
    ['button', 'Follow the cursor'],
    ['button', 'All commands'],
    ['region', 'Parameters'],
    ['region', 'Reply'],
    ['region', 'Statuses'],
    ['region', 'Example'],
  ],
  'all commands': [
    ['searchbox', 'Find commands'],
    ['list', 'Sessions'],
    ['list', 'Keys and values'],
    ['list', 'Server'],
  ],
  'saved messages': [['region', 'Saved messages']],
  history: [['region', 'History']],
  export: [
    ['dialog', 'Export messages'],
    ['radiogroup', 'Format'],
    ['textbox', 'Preview'],
    ['switch', 'Include tokens'],
    ['button', 'Copy'],
    ['button', 'Download'],
    ['button', 'Cancel'],
  ],
  'tab menu': [
    ['menuitem', /^Rename tab/],
    ['menuitem', /^Move tab left/],
    ['menuitem', /^Move tab right/],
    ['menuitem', /^Close tab/],
    ['menuitem', /^Reopen closed tab/],
  ],
  'a tab is renamed': [
    ['dialog', 'Rename tab'],
    ['textbox', 'Title'],
    ['button', 'Rename'],
  ],
  'a tab with unsent text is closed': [
    ['dialog', /^Close 127.*\?$/],
    ['button', 'Close'],
    ['button', 'Keep'],
  ],
  'command palette': [
    ['dialog', 'Command palette'],
    ['combobox', 'Search or run'],
    ['listbox', 'Results'],
    ['option', 'Copy link'],
    ['option', /^Previous message from the history/],
  ],
  'a message is recalled': [
    ['status', 'Recalled message'],
    ['option', /^Next message from the history/],
  ],
  'connection details': [
    ['dialog', 'Connection details'],
    ['region', 'Server'],
    ['radiogroup', 'Mode'],
    ['radiogroup', 'Colour'],
    ['region', 'Handshake request'],
    ['region', 'Handshake response'],
    ['textbox', 'Subprotocols'],
    ['switch', 'Reconnect automatically'],
    ['form', 'Close with a code'],
    ['spinbutton', 'Close code'],
    ['textbox', 'Close reason'],
    ['button', 'Close connection'],
  ],
  'recent servers': [
    ['dialog', 'Recent servers'],
    ['combobox', 'Find a server'],
    ['listbox', 'Servers'],
    ['option', /^127/],
  ],
  settings: [
    ['dialog', 'Settings'],
    ['tab', 'General'],
    ['tab', 'Theme'],
    ['tab', 'Shortcuts'],
    ['switch', 'Two-pane view'],
    ['switch', 'Newest message first'],
    ['switch', 'Measure latency'],
    ['switch', 'Remember tokens and replies in this browser'],
    ['button', 'Clear all data'],
  ],
  'clear all data': [
    ['dialog', 'Clear all data?'],
    ['button', 'Clear'],
    ['button', 'Cancel'],
  ],
  disconnected: [['button', 'Connect']],
  'connection lost': [['button', 'Retry now']],
  'storage is unreadable': [
    ['button', 'Download'],
    ['button', 'Dismiss'],
  ],
  narrow: [['button', 'Compose']],
} as const satisfies Record<string, readonly (readonly [Role, string | RegExp])[]>;

test('everything that the automation contract promises is there', async ({
  console,
  page,
  server,
  otherClient,
}) => {
  test.slow(); // One walk through all of the page.
  await otherClient.newSession('{"name":"user1"}');
  const check = async (view: keyof typeof promised) => {
    for (const [role, name] of promised[view]) {
      const found = page.getByRole(role, name === '' ? {} : { name, exact: true });
      await expect(found.first(), `${view}: ${role} ${name}`).toBeAttached();
    }
  };
  const escape = () => page.keyboard.press('Escape');
  await check('first look');
  await console.button('Create session 0 of 4').click();
  await check('the outline of the lessons is open');
  await console.tutorial.getByRole('button', { name: 'Create session 0 of 4' }).first().click();
  await console.tutorial.getByRole('button', { name: 'Run' }).click();
  await check('a step was run');
  await check('a reply is unfolded');
  await console.sessionRow(/user1/).getByRole('button').click();
  await check('a session is chosen');
  await console.button('Reveal token').click();
  await check('its token is revealed');
  await console.send('{');
  await check('a message is held back');

  await console.write('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  await check('a variable is in the message');
  await console.button('Variables').click();
  await check('the variables');
  await escape();

  await console.write('{"SH_NEW":{}}');
  await console.button('Reference').click();
  await check('reference');
  await console.button('All commands').click();
  await check('all commands');
  await console.button('Saved').click();
  await check('saved messages');
  await console.button('History').click();
  await check('history');

  await console.button('Export').click();
  await check('export');
  await escape();

  await console.button('Tab menu').click();
  await check('tab menu');
  await page.getByRole('menuitem', { name: /^Rename tab/ }).click();
  await check('a tab is renamed');
  await escape();
  await console.button(`Close ${server.host}`).click();
  await check('a tab with unsent text is closed');
  await escape();
  await console.button('Search or run').click();
  await check('command palette');
  await page.getByRole('option', { name: /^Previous message from the history/ }).click();
  await console.button('Search or run').click();
  await check('a message is recalled');
  await escape();
  await console.button('Connection details').click();
  await check('connection details');
  await escape();
  await console.button('Recent servers').click();
  await check('recent servers');
  await escape();
  await console.button('Settings').click();
  await check('settings');
  await console.button('Clear all data').click();
  await check('clear all data');
  await escape();
  await escape();

  await console.button('Disconnect').click();
  await check('disconnected');
  await console.button('Connect').click();
  await expect(console.connection).toHaveText(/Connected to/);
  await page.evaluate(() => localStorage.setItem('seshdeck.settings', '{'));
  await page.setViewportSize({ width: 390, height: 800 });
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  await check('narrow');
  await check('storage is unreadable');
  await server.kill();
  await check('connection lost');
});

test('the code that the contract shows runs', async ({ console, page }) => {
  await expect(console.connection).toHaveText(/Connected to/);
  const contract = await readFile(new URL('../docs/automation.md', import.meta.url), 'utf8');
  const blocks = [...contract.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code = '']) => code);
  const folder = new URL('../.cache/contract/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const runBlock = async (code: string, at: number) => {
    const file = new URL(`${process.pid}-${at}.mjs`, folder);
    await writeFile(file, `export default async (page, expect) => {\n${code}\n};`);
    const { default: run } = (await import(file.href)) as { default: RunBlock };
    await run(page, expect);
    await rm(file);
  };
  const [send = '', write = ''] = blocks;
  expect(blocks).toHaveLength(2);
  await page.evaluate(() => window.seshdeck.composer.setText('{"SH_NEW":{"name":"user1"}}'));
  await runBlock(send, 0);
  await runBlock(write, 1);
  expect(await page.evaluate(() => window.seshdeck.composer.getText())).toBe('{"SH_INFO_ALL":{}}');
});

type RunBlock = (page: Page, expectation: typeof expect) => Promise<void>;

test('every name that the contract writes in its table is used by a story', async () => {
  const contract = await readFile(new URL('../docs/automation.md', import.meta.url), 'utf8');
  const rows = contract.split('\n').filter((line) => line.startsWith('| '));
  const names = rows.flatMap((row) =>
    [...row.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name),
  );
  const stories = await readStories();
  // Of a name with a value in it, what stands before the value.
  const isLookedFor = (name: string) => {
    const [fixed = ''] = name.split('{{');
    return ["'", '"', '`', '/', '/^', '(', '|'].some((mark) => stories.includes(mark + fixed));
  };
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => name !== '?' && !isLookedFor(name))).toEqual([]);
});

/** The text of all stories and page objects. */
async function readStories(): Promise<string> {
  const folders = ['./', 'pages/', '../client/testing/playwright/'].map(
    (folder) => new URL(folder, import.meta.url),
  );
  const texts = folders.map(async (folder) => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
    return Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  });
  return (await Promise.all(texts)).flat().join('\n');
}
