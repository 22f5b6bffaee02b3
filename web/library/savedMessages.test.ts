import { expect, test } from 'vitest';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { sharedInMemory, storedInMemory } from '../ui/storedInMemory.ts';
import { createSavedMessages, maxSaved } from './savedMessages.ts';

const newHidden = () => new HiddenTokens(() => crypto.randomUUID());

function start(text?: string) {
  const stored = storedInMemory(text);
  let ids = 0;
  const newId = () => `id${(ids += 1)}`;
  /** In this page, or in another one. */
  const open = (hidden = newHidden()) => createSavedMessages({ stored, hidden, newId });
  return { open, stored };
}

const plain = { note: '', folder: '' };

/** Names in the order of the list, each with its folder. */
function listed(saved: ReturnType<typeof createSavedMessages>): string[] {
  return saved.store.getState().messages.map(({ folder, name }) => `${folder}/${name}`);
}

function withThree() {
  const { open, stored } = start();
  const saved = open();
  for (const name of ['a', 'b', 'c']) saved.save({ ...plain, name, text: `"${name}"` }, new Map());
  return { saved, open, stored };
}

test('a message is there again next time, character for character', () => {
  const { open } = start();
  const text = '{\n  "KV_SET": {"tkn": "{{tkn}}", "keys": {"n": 14247375118774737462}}\n}';
  open().save({ name: 'numbers', text, note: 'why', folder: 'basket' }, new Map());
  expect(open().store.getState()).toMatchObject({
    folders: ['basket'],
    messages: [{ id: 'id1', name: 'numbers', text, note: 'why', folder: 'basket' }],
  });
});

test('messages kept before there were folders are still there', () => {
  const { open } = start('{"version":1,"messages":[{"id":"x","name":"old","text":"{}"}]}');
  expect(open().store.getState().messages).toEqual([
    { id: 'x', name: 'old', text: '{}', note: '', folder: '' },
  ]);
});

test('what cannot be read, or is of a later version, is set aside and not overwritten', () => {
  for (const text of ['{"version":99,"folders":[],"messages":[]}', 'rubbish']) {
    const { open, stored } = start(text);
    const saved = open();
    saved.save({ ...plain, name: 'new', text: '{}' }, new Map());
    expect(stored.backup()).toBe(text);
    expect(listed(open())).toEqual(['/new']);
  }
});

test('no token is written to the storage, known or not, quoted or bare', () => {
  const { open, stored } = start();
  const hidden = newHidden();
  const saved = open(hidden);
  const variables = new Map([['tkn:user1', '6029437712290154113']]);
  const texts = [
    '{"SH_END":{"tkn":"6029437712290154113"}}',
    '{"SH_END":{"tkn" : "14247375118774737462"}}',
    '{"SH_END":{"tkn":14247375118774737462}}',
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"u":"/?s=6029437712290154113"}}}',
  ];
  for (const text of texts) {
    saved.save({ name: 'end', text, note: 'not 6029437712290154113', folder: '' }, variables);
  }
  expect(stored.read()).not.toMatch(/\d{19}/);
  expect(saved.exportFile()).not.toMatch(/\d{19}/);
  expect(saved.store.getState().messages.map(({ text }) => text)).toEqual(texts);
  expect(open(hidden).store.getState()).toEqual(saved.store.getState());
  for (const { text } of open().store.getState().messages) expect(text).toContain('{{token ··');
});

test('a string of digits is data, and comes back as it is', () => {
  const { open } = start();
  const text = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"discordId":"1497549923779084388"}}}';
  open().save({ ...plain, name: 'a', text }, new Map([['tkn', '6029437712290154113']]));
  expect(open().store.getState().messages[0]?.text).toBe(text);
});

test('a removed message stays removed, unless it is put back where it was', () => {
  const { saved, open } = withThree();
  const putBack = saved.remove('id2');
  expect(listed(open())).toEqual(['/a', '/c']);
  putBack();
  putBack();
  expect(listed(open())).toEqual(['/a', '/b', '/c']);
});

test('a message is put before another one, into a folder, or a place up and down within it', () => {
  const { saved, open } = withThree();
  saved.place('id3', { folder: '', beforeId: 'id1' });
  expect(listed(saved)).toEqual(['/c', '/a', '/b']);
  saved.place('id1', { folder: 'basket' });
  expect(listed(saved)).toEqual(['/c', '/b', 'basket/a']);
  saved.step('id2', -1);
  saved.step('id2', -1);
  saved.step('id1', 1);
  expect(listed(open())).toEqual(['/b', '/c', 'basket/a']);
});

test('a message dropped on itself stays where it is', () => {
  const { saved } = withThree();
  saved.place('id2', { folder: '', beforeId: 'id2' });
  expect(listed(saved)).toEqual(['/a', '/b', '/c']);
});

test('a folder can be empty, be renamed onto another one, and be dissolved without loss', () => {
  const { saved, open } = withThree();
  saved.addFolder('empty');
  saved.place('id1', { folder: 'one' });
  saved.place('id2', { folder: 'two' });
  expect(open().store.getState().folders).toEqual(['empty', 'one', 'two']);
  saved.renameFolder('one', 'two');
  expect(open().store.getState().folders).toEqual(['empty', 'two']);
  saved.removeFolder('two');
  expect(open().store.getState().folders).toEqual(['empty']);
  expect(listed(open())).toEqual(['/c', '/a', '/b']);
});

test('a deleted folder comes back with its messages, those that were moved since aside', () => {
  const { saved, open } = withThree();
  saved.place('id1', { folder: 'one' });
  saved.place('id2', { folder: 'one' });
  saved.addFolder('two');
  const before = listed(open());
  const undo = saved.removeFolder('one');
  expect(open().store.getState().folders).toEqual(['two']);
  undo();
  expect(open().store.getState().folders).toEqual(['one', 'two']);
  expect(listed(open())).toEqual(before);
  const undoAgain = saved.removeFolder('one');
  saved.place('id2', { folder: 'two' });
  undoAgain();
  expect(listed(open()).filter((each) => each.startsWith('one/'))).toHaveLength(1);
});

test('a file that was exported comes back unchanged', () => {
  const { saved } = withThree();
  saved.place('id1', { folder: 'one' });
  saved.change('id2', { name: 'Ä "quoted" \u202e', note: 'line\nline', folder: 'two' });
  saved.addFolder('empty');
  const other = start().open();
  expect(other.importFile(saved.exportFile())).toEqual({ ok: true, value: 3 });
  expect(other.exportFile()).toBe(saved.exportFile());
});

test('an import adds only what is not there, under new ids, and without tokens', () => {
  const { saved } = withThree();
  expect(saved.importFile(saved.exportFile())).toEqual({ ok: true, value: 0 });
  const file =
    '{"version":2,"folders":[],"messages":[{"id":"id1","name":"d","text":"{\\"SH_END\\":{\\"tkn\\":\\"77\\"}}","note":"","folder":"new"}]}';
  expect(saved.importFile(file)).toEqual({ ok: true, value: 1 });
  expect(listed(saved)).toEqual(['/a', '/b', '/c', 'new/d']);
  expect(saved.store.getState().messages.at(-1)).toMatchObject({ id: 'id4' });
  expect(saved.exportFile()).not.toMatch(/\b77\b/);
});

test('a file that is no library is refused and changes nothing', () => {
  const { saved } = withThree();
  for (const text of ['', '[]', '{"version":2}', '{"version":3,"folders":[],"messages":[]}']) {
    expect(saved.importFile(text)).toMatchObject({ ok: false });
  }
  expect(listed(saved)).toEqual(['/a', '/b', '/c']);
});

test('at the limit a message is refused, not an older one dropped', () => {
  const { open } = start();
  const saved = open();
  const message = { id: 'x', name: 'm', text: '{}', note: '', folder: '' };
  const messages = Array.from({ length: maxSaved }, (_, index) => ({
    ...message,
    name: `${index}`,
  }));
  saved.importFile(JSON.stringify({ version: 2, folders: [], messages }));
  expect(saved.save({ ...plain, name: 'one more', text: '{}' }, new Map())).toMatchObject({
    ok: false,
  });
  expect(saved.store.getState().messages).toHaveLength(maxSaved);
});

test('when the browser has no room the messages stay for this page and the view says so', () => {
  const saved = createSavedMessages({
    stored: { ...storedInMemory(), write: () => false },
    hidden: newHidden(),
    newId: () => 'id',
  });
  saved.save({ ...plain, name: 'a', text: '{}' }, new Map());
  expect(saved.store.getState()).toMatchObject({ isStored: false, messages: [{ name: 'a' }] });
});

test('two windows keep what both have saved, and remove what one has removed', () => {
  const shared = sharedInMemory();
  let count = 0;
  const newId = () => {
    count += 1;
    return `id ${count}`;
  };
  const open = () => createSavedMessages({ stored: shared.window(), hidden: newHidden(), newId });
  const [one, other] = [open(), open()];
  const save = (saved: ReturnType<typeof open>, name: string) =>
    saved.save({ name, text: '{}', note: '', folder: '' }, new Map());
  const names = (saved: ReturnType<typeof open>) =>
    saved.store.getState().messages.map(({ name }) => name);
  save(one, 'of one');
  save(other, 'of other');
  one.addFolder('drawer');
  const undo = other.remove('id 1');
  shared.deliver();
  expect(names(one)).toEqual(['of other']);
  expect(other.store.getState().folders).toEqual(['drawer']);
  undo();
  shared.deliver();
  expect(names(one)).toEqual(['of one', 'of other']);
});

test('a message is saved again under its id, with the note it has, and that can be undone', () => {
  const { open } = start();
  const saved = open();
  const kept = saved.save({ name: 'a', text: '1', note: 'why', folder: '' }, new Map());
  const id = kept.ok ? kept.value : '';
  const details = { name: 'b', text: '2', isLiteral: false, folder: 'basket' };
  const undo = saved.update(id, details, new Map());
  expect(open().store.getState()).toMatchObject({
    folders: ['basket'],
    messages: [{ id, name: 'b', text: '2', note: 'why', folder: 'basket' }],
  });
  undo();
  expect(open().store.getState().messages).toMatchObject([
    { id, name: 'a', text: '1', folder: '' },
  ]);
});
