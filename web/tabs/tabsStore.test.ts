import { expect, test } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { hostOf } from '../connection/page/address.ts';
import { createDraft } from '../composer/draft.ts';
import { watchUnsent } from '../composer/unsentText.ts';
import { MessageLog } from '../log/store/messageLog.ts';
import { directSockets } from '../../test/web/directSockets.ts';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { readTabs } from './savedTabs.ts';
import { createTabs, maxTabs, type Tabs } from './tabsStore.ts';
import { writeTabs } from './writeTabs.ts';
import { textOf as textOfEntry } from '../connection/texts/describeEvent.ts';

const hidden = new HiddenTokens(() => crypto.randomUUID());

function startTabs(saved?: ReturnType<typeof readTabs>) {
  return createTabs({
    homeUrl: 'ws://127.0.0.1:1',
    openSocket: directSockets({
      makeSocket: (url) => new NodeWebSocket(url) as unknown as WebSocket,
      nowMs: () => performance.now(),
    }),
    nowMs: () => performance.now(),
    setTimer: () => () => undefined,
    createDraft,
    watchUnsent,
    nameOf: hostOf,
    createLog: () =>
      new MessageLog({
        onNextFrame: () => undefined,
        nowMs: () => performance.now(),
        setTimer: () => () => undefined,
      }),
    saved,
  });
}

/** The tabs as they are after a reload, and the text that was stored in between. */
function reloaded(tabs: Tabs, isRemembering = false) {
  const text = writeTabs(tabs.store.getState(), { isRemembering, hidden });
  return { tabs: startTabs(readTabs(storedInMemory(text))), text };
}

const host = '127.0.0.1:1';
const titles = (tabs: Tabs) => tabs.store.getState().tabs.map(({ title }) => title);
const textOf = (tabs: Tabs) => tabs.active().draft.store.getState().text;
const token = '14247375118774737462';

test('closing the active tab makes its neighbour the active one', () => {
  const tabs = startTabs();
  const first = tabs.active();
  const second = tabs.open();
  const third = tabs.open();
  tabs.activate(second.id);
  tabs.close(second.id);
  expect(tabs.active()).toBe(third);
  tabs.close(third.id);
  expect(tabs.active()).toBe(first);
});

test('closing the last tab opens a fresh one', () => {
  const tabs = startTabs();
  const only = tabs.active();
  tabs.close(only.id);
  expect(tabs.store.getState().tabs).toHaveLength(1);
  expect(tabs.active()).not.toBe(only);
});

test('there are never more tabs than the limit, opened, reopened or restored', () => {
  const tabs = startTabs();
  tabs.close(tabs.open().id);
  for (let count = 0; count < maxTabs + 5; count += 1) tabs.open();
  expect(tabs.store.getState().tabs).toHaveLength(maxTabs);
  tabs.reopen();
  expect(tabs.store.getState().tabs).toHaveLength(maxTabs);
  const { tabs: open, activeId } = tabs.store.getState();
  const text = writeTabs({ tabs: [...open, ...open], activeId }, { isRemembering: false, hidden });
  const restored = startTabs(readTabs(storedInMemory(text)));
  expect(restored.store.getState().tabs).toHaveLength(maxTabs);
});

test('a tab is renamed and moved, and stays the same tab', () => {
  const tabs = startTabs();
  const { id, connection } = tabs.active();
  tabs.open();
  tabs.open();
  tabs.rename(id, '  Staging ');
  tabs.move(id, 2);
  expect(titles(tabs)).toEqual([`${host} (2)`, `${host} (3)`, 'Staging']);
  expect(tabs.store.getState().tabs[2]?.connection).toBe(connection);
});

test('a tab is named after its server, with a number that it keeps, until it has a title', () => {
  const tabs = startTabs();
  const first = tabs.active();
  const second = tabs.open();
  const third = tabs.open();
  expect(titles(tabs)).toEqual([host, `${host} (2)`, `${host} (3)`]);
  tabs.close(second.id);
  tabs.move(third.id, 0);
  expect(titles(tabs)).toEqual([`${host} (3)`, host]);
  first.connection.disconnect();
  first.connection.setUrl('ws://127.0.0.1:2');
  expect(titles(tabs)).toEqual([`${host} (3)`, host]);
  first.connection.connect();
  expect(titles(tabs)).toEqual([`${host} (3)`, '127.0.0.1:2']);
  tabs.rename(third.id, 'Mine');
  third.connection.disconnect();
  third.connection.setUrl('ws://127.0.0.1:2');
  third.connection.connect();
  expect(titles(tabs)).toEqual(['Mine', '127.0.0.1:2']);
  tabs.rename(third.id, ' ');
  expect(titles(tabs)).toEqual(['127.0.0.1:2 (2)', '127.0.0.1:2']);
});

test('tabs that were numbered by an older console are named after their server', () => {
  const before = startTabs();
  before.rename(before.active().id, 'Connection 7');
  before.open();
  before.rename(before.active().id, 'Connection to Turku');
  expect(titles(reloaded(before).tabs)).toEqual([host, 'Connection to Turku']);
});

test('a closed tab comes back with title, address, draft and variables', () => {
  const tabs = startTabs();
  const { id, connection, draft } = tabs.active();
  tabs.rename(id, 'Staging');
  connection.disconnect();
  connection.setUrl('ws://127.0.0.1:2/x');
  connection.variables.set('tkn', token);
  draft.typed('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  tabs.close(id);
  tabs.reopen();
  const { url, variables, status } = tabs.active().connection.store.getState();
  expect(tabs.active().title).toBe('Staging');
  expect({ url, state: status.state }).toEqual({ url: 'ws://127.0.0.1:2/x', state: 'closed' });
  expect(variables.get('tkn')).toBe(token);
  expect(textOf(tabs)).toBe('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  expect(tabs.store.getState().closedCount).toBe(0);
});

test('text is unsent from the first change of one’s own until it is sent or emptied', () => {
  const tabs = startTabs();
  const { draft, unsent, connection } = tabs.active();
  expect(unsent.isUnsent()).toBe(false);
  draft.setText('{"SH_NEW":{}}', { start: 0, length: 0 });
  expect(unsent.isUnsent()).toBe(false);
  draft.typed('{"SH_INFO":{"tkn":"{{tkn}}"}}');
  expect(unsent.isUnsent()).toBe(true);
  draft.setText('{ "SH_INFO": {"tkn":"{{tkn}}"} }');
  expect(unsent.isUnsent()).toBe(true);
  draft.typed(' ');
  expect(unsent.isUnsent()).toBe(false);
  connection.dispose();
});

test('a message of the history is unsent text once it is changed, and hides none of one’s own', () => {
  const tabs = startTabs();
  const { draft, unsent } = tabs.active();
  const recall = () => {
    const own = { text: textOf(tabs), isLiteral: false };
    const sent = { text: '"sent"', isLiteral: false };
    draft.recall(sent, { state: 'shown', messages: [sent], at: 0, own }, 0);
  };
  recall();
  expect(unsent.isUnsent()).toBe(false);
  expect(textOf(reloaded(tabs).tabs)).toBe('"sent"');
  draft.typed('"sent and changed"');
  expect(unsent.isUnsent()).toBe(true);
  recall();
  expect(unsent.isUnsent()).toBe(true);
  const after = reloaded(tabs).tabs;
  expect(textOf(after)).toBe('"sent and changed"');
  expect(after.active().unsent.isUnsent()).toBe(true);
  draft.recall({ text: '"sent and changed"', isLiteral: false }, { state: 'back' }, 0);
  expect(unsent.isUnsent()).toBe(true);
});

test('tabs come back after a reload in their order, with titles, drafts and addresses', () => {
  const before = startTabs();
  before.open();
  before.active().draft.typed('{"SH_NEW":{"name":"é"}}');
  before.active().connection.disconnect();
  before.active().connection.setUrl('ws://127.0.0.1:2');
  before.rename(before.active().id, 'Second');
  before.move(before.active().id, 0);
  const { tabs } = reloaded(before);
  expect(titles(tabs)).toEqual(['Second', host]);
  expect(tabs.active().title).toBe('Second');
  expect(textOf(tabs)).toBe('{"SH_NEW":{"name":"é"}}');
  expect(tabs.active().unsent.isUnsent()).toBe(true);
  const { url, status } = tabs.active().connection.store.getState();
  expect({ url, state: status.state }).toEqual({ url: 'ws://127.0.0.1:2', state: 'closed' });
  expect(tabs.store.getState().tabs[1]?.unsent.isUnsent()).toBe(false);
});

test('no token and no reply is stored unless somebody wants it', () => {
  const before = startTabs();
  const { connection, draft, log } = before.active();
  connection.variables.set('tkn', token);
  connection.variables.set('tkn:user1', token);
  connection.variables.set('mine', token);
  connection.variables.set('colour', 'teal');
  connection.setUrl(`ws://me:secret@127.0.0.1:1/?key=${token}&room=a`);
  const other = token.replace('1', '9');
  draft.typed(`{"SH_INFO":{"tkn":"${token}"}} "x ${token}" {"SH_EXISTS":{"tkns":["${other}"]}}`);
  log.observe({
    type: 'entry',
    entry: {
      kind: 'connection',
      id: 1,
      atMs: 5,
      event: { event: 'connected', host: 'a reply' },
    },
  });
  const kept = reloaded(before);
  for (const secret of [token, other, 'secret', 'a reply']) {
    expect(kept.text).not.toContain(secret);
  }
  const { url, variables } = kept.tabs.active().connection.store.getState();
  expect(url).toBe('ws://127.0.0.1:1/?room=a');
  expect([...variables]).toEqual([['colour', 'teal']]);

  const wanted = reloaded(before, true).tabs.active();
  expect(wanted.connection.store.getState().variables.get('tkn:user1')).toBe(token);
  expect(wanted.draft.store.getState().text).toContain(token);
  expect(wanted.log.all().map(textOfEntry)).toContain('Connected to a reply');
});

test('after a reload a tab knows the name of its session, also after another one', () => {
  const before = startTabs();
  before.active().connection.variables.useToken(token, 'basket');
  const once = reloaded(before);
  const nameIn = ({ tabs }: typeof once) => tabs.active().connection.store.getState().lastSession;
  expect(nameIn(once)).toBe('basket');
  expect(once.text).not.toContain(token);
  expect(nameIn(reloaded(once.tabs))).toBe('basket');
  before.active().connection.variables.useToken(token, `named ${token}`);
  expect(reloaded(before).text).not.toContain(token);
});

test('a draft comes back as it was written, with its variables off where they were', () => {
  const before = startTabs();
  const { connection, draft } = before.active();
  connection.variables.set('tkn', token);
  connection.variables.set('snowflake', '1497549923779084388');
  draft.typed('{"KV_SET":{"tkn":"{{tkn}}","keys":{"discordId":"1497549923779084388"}}}');
  draft.setLiteral(true);
  const { text, isLiteral } = draft.store.getState();
  const after = reloaded(before).tabs.active();
  expect(after.draft.store.getState()).toMatchObject({ text, isLiteral });
  expect(after.connection.store.getState().variables.get('snowflake')).toBe('1497549923779084388');
});

test.each(['{', '{"version":2,"active":0,"tabs":[]}', '{"version":1,"active":0,"tabs":[]}'])(
  'stored tabs that read %s are set aside',
  (text) => {
    const stored = storedInMemory(text);
    expect(readTabs(stored)).toBeUndefined();
    expect(stored.backup()).toBe(text);
  },
);
