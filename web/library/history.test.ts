import { expect, test } from 'vitest';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { substitute } from '../connection/page/substitute.ts';
import { sharedInMemory, storedInMemory } from '../ui/storedInMemory.ts';
import { createHistory, maxPinned, maxUnpinned, recentCommands } from './history.ts';

function start(text?: string) {
  const stored = storedInMemory(text);
  /** Of this page, or of another one. */
  const open = (hidden = new HiddenTokens(() => crypto.randomUUID())) =>
    createHistory({ stored, hidden, setTimer: () => () => {} });
  return { open, stored, history: open() };
}

let atMs = 1000;

function sent(text: string, written?: WrittenMessage) {
  atMs += 1;
  return { text, written, atMs };
}

const texts = (history: ReturnType<typeof createHistory>) =>
  history.store.getState().sent.map(({ text }) => text);

test('what was sent is listed newest first, each text once', () => {
  const { history } = start();
  for (const text of ['"a"', '"b"', '"a"']) history.remember(sent(text), new Map());
  expect(texts(history)).toEqual(['"a"', '"b"']);
});

test('a message that is sent again keeps its name and pin, with the newer time', () => {
  const { history } = start();
  history.remember(sent('"a"'), new Map());
  history.pin('"a"', true);
  history.rename('"a"', 'mine');
  history.remember(sent('"b"'), new Map());
  const again = sent('"a"');
  history.remember(again, new Map());
  expect(history.store.getState().sent).toMatchObject([
    { text: '"a"', name: 'mine', isPinned: true, lastSentAtMs: atMs },
    { text: '"b"' },
  ]);
});

test('it is there again after a reload, with names and pins', () => {
  const { history, open } = start();
  history.remember(sent('"a"'), new Map());
  history.pin('"a"', true);
  history.rename('"a"', 'the first');
  history.flush();
  expect(open().store.getState().sent).toMatchObject([
    { text: '"a"', name: 'the first', isPinned: true },
  ]);
});

const token = '6029437712290154113';

test('the history keeps what was written, not what was sent', () => {
  const { history, open } = start();
  const variables = new Map([
    ['tkn', token],
    ['user', 'ada'],
    ['k', 'keys'],
    ['cmd', 'KV_SET'],
  ]);
  const written = [
    '{"KV_CLEAR":{"tkn":"{{tkn:plain}}"}}',
    `{"KV_SET":{"tkn":"${token}","keys":{"owner":"ada"}}}`,
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"oauth":{"tkn":"abc"}}}}',
  ];
  for (const text of written) {
    history.remember(sent(substitute(text, variables).text, { text, isLiteral: false }), variables);
  }
  expect(texts(history)).toEqual(written.toReversed());
  history.flush();
  const [oauth, owner, clear] = texts(open());
  expect([oauth, clear]).toEqual([written[2], written[0]]);
  expect(owner).toMatch(
    /^\{"KV_SET":\{"tkn":"\{\{token ··4113 .*\}\}","keys":\{"owner":"ada"\}\}\}$/,
  );
});

test('no token is stored, known or not, and this page puts each back', () => {
  const hidden = new HiddenTokens(() => crypto.randomUUID());
  const { open, stored } = start();
  const history = open(hidden);
  const messages = [
    `{"SH_END":{"tkn":"${token}"}}`,
    `{"KV_SET":{"tkn":"{{tkn}}","keys":{"cookie":"sid=${token}; path=/","n":${token}}}}`,
    '{"SH_END":{"tkn":14247375118774737462}}',
  ];
  for (const text of messages) history.remember(sent(text), new Map([['tkn:user1', token]]));
  history.rename(messages[0] ?? '', `ends ${token}`);
  history.flush();
  expect(stored.read()).not.toMatch(/\d{19}/);
  expect(open(hidden).store.getState()).toEqual(history.store.getState());
});

test('a message that was sent with its variables off comes back so', () => {
  const { history, open } = start();
  const text = '{"KV_SET":{"tkn":"7","keys":{"a":"{{b}}"}}}';
  history.remember(sent(text, { text, isLiteral: true }), new Map());
  history.remember(sent('"{{"', { text: '"{{"', isLiteral: true }), new Map());
  history.flush();
  expect(
    open()
      .store.getState()
      .sent.map(({ isLiteral = false }) => isLiteral),
  ).toEqual([false, true]);
});

test('at the limit the oldest that are not pinned go', () => {
  const { history } = start();
  history.remember(sent('"first"'), new Map());
  history.pin('"first"', true);
  for (let index = 0; index <= maxUnpinned; index += 1)
    history.remember(sent(`${index}`), new Map());
  expect(texts(history)).toHaveLength(maxUnpinned + 1);
  expect(texts(history)).toContain('"first"');
  expect(texts(history)).not.toContain('0');
});

test('however long the messages are, all of them together stay within a limit', () => {
  const { history } = start();
  for (let index = 100; index < 200; index += 1) {
    history.remember(sent(`${index}${'x'.repeat(29_997)}`), new Map());
  }
  const kept = texts(history);
  expect(kept).toHaveLength(33);
  expect(kept[0]).toMatch(/^199/);
});

test('no more can be pinned than the limit says', () => {
  const { history } = start();
  for (let index = 0; index <= maxPinned; index += 1) {
    history.remember(sent(`${index}`), new Map());
    history.pin(`${index}`, true);
  }
  expect(history.store.getState().sent.filter(({ isPinned }) => isPinned)).toHaveLength(maxPinned);
});

test('a huge message is not remembered', () => {
  const { history } = start();
  history.remember(sent(`"${'x'.repeat(40_000)}"`), new Map());
  expect(texts(history)).toEqual([]);
});

test('clearing leaves what is pinned, forgetting takes one', () => {
  const { history } = start();
  for (const text of ['1', '2', '3']) history.remember(sent(text), new Map());
  history.pin('2', true);
  history.forget('3');
  expect(texts(history)).toEqual(['2', '1']);
  history.clear();
  expect(texts(history)).toEqual(['2']);
});

test('what was removed or cleared comes back at its place, unless it was sent again', () => {
  const { history } = start();
  for (const text of ['"a"', '"b"', '"c"']) history.remember(sent(text), new Map());
  history.pin('"b"', true);
  const undoRemove = history.forget('"a"');
  expect(texts(history)).toEqual(['"c"', '"b"']);
  undoRemove();
  expect(texts(history)).toEqual(['"c"', '"b"', '"a"']);
  const undoClear = history.clear();
  expect(texts(history)).toEqual(['"b"']);
  history.remember(sent('"a"'), new Map());
  undoClear();
  expect(texts(history)).toEqual(['"a"', '"c"', '"b"']);
});

test('two windows keep what both have sent, and forget what one has forgotten', () => {
  const shared = sharedInMemory();
  const open = () =>
    createHistory({
      stored: shared.window(),
      hidden: new HiddenTokens(() => crypto.randomUUID()),
      setTimer: () => () => {},
    });
  const [one, other] = [open(), open()];
  const send = (history: ReturnType<typeof open>, text: string) => {
    history.remember(sent(text), new Map());
    history.flush();
  };
  send(one, '{"SH_NEW":{}}');
  send(other, '{"SH_END":{}}');
  one.pin('{"SH_END":{}}', true);
  other.forget('{"SH_NEW":{}}');
  one.flush();
  other.flush();
  shared.deliver();
  for (const { store } of [one, other]) {
    expect(store.getState().sent).toMatchObject([{ text: '{"SH_END":{}}', isPinned: true }]);
  }
});

test('a conversation is one entry, with its whole text; a huge one is kept in its parts', () => {
  const { history } = start();
  const whole = '{"SH_NEW":{"name":"a"}}\n{"SV_INFO":{}}';
  for (const text of ['{"SH_NEW":{"name":"a"}}', '{"SV_INFO":{}}']) {
    history.remember(sent(text, { text, isLiteral: false, conversation: whole }), new Map());
  }
  expect(texts(history)).toEqual([whole]);
  const huge = `{"SV_INFO":{}}${' '.repeat(40_000)}{"SV_INFO":{}}`;
  const part = { text: '{"SV_INFO":{}}', isLiteral: false, conversation: huge };
  history.remember(sent(part.text, part), new Map());
  expect(texts(history)).toEqual(['{"SV_INFO":{}}', whole]);
});

test('the commands that were sent last are known, each once', () => {
  const { history } = start();
  for (const text of [
    '{"SV_INFO":{}}',
    '"no message"',
    '{"SH_NEW":{"name":"a"}}',
    '{"SV_INFO":{ }}',
  ]) {
    history.remember(sent(text), new Map());
  }
  expect(recentCommands(history.store.getState())).toEqual(['SV_INFO', 'SH_NEW']);
});
