// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createDraft } from '../composer/draft.ts';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { createLibraryFeature, type LibraryFeature } from './libraryFeature.ts';
import { recallIn } from './recallIn.ts';

const hidden = new HiddenTokens(() => crypto.randomUUID());

function libraryWith(texts: readonly string[]): LibraryFeature {
  const sent = texts.map((text) => ({ text, name: '', lastSentAtMs: 1, isPinned: false }));
  const stored = storedInMemory(JSON.stringify({ version: 1, sent }));
  return createLibraryFeature({ storedText: () => stored, hidden, setTimer: () => () => {} });
}

/** A draft, and the history that it recalls from; newest first. */
function start(own: string, texts: readonly string[]) {
  const library = libraryWith(texts);
  const loadLibrary = () => Promise.resolve(library);
  const parts = { library: () => library, loadLibrary, notify: () => {} };
  const draft = createDraft(own);
  const view = () => draft.store.getState();
  return {
    library,
    draft,
    view,
    older: () => recallIn(draft, 'older', parts),
    newer: () => recallIn(draft, 'newer', parts),
    place: () => {
      const { recall } = view();
      return recall.state === 'shown'
        ? `${recall.at + 1} of ${recall.messages.length}`
        : recall.state;
    },
  };
}

test('older ones come one by one, the oldest stays, and the draft comes back unchanged', () => {
  const { view, older, newer, place } = start(' own\n', ['3', '2', '1']);
  const seen: string[] = [];
  for (const step of [older, older, older, older, newer, newer, newer]) {
    expect(step()).toBe(true);
    seen.push(`${place()}: ${view().text}`);
  }
  expect(seen).toEqual([
    '1 of 3: 3',
    '2 of 3: 2',
    '3 of 3: 1',
    '3 of 3: 1',
    '2 of 3: 2',
    '1 of 3: 3',
    'back:  own\n',
  ]);
  expect(newer()).toBe(false);
  expect(view().text).toBe(' own\n');
});

test('with nothing to recall the key is left to the editor', () => {
  const empty = start('own', []);
  expect(empty.older()).toBe(false);
  expect(empty.newer()).toBe(false);
  expect(empty.view().recall.state).toBe('none');
});

test('the message in the editor that was just sent is not recalled over itself', () => {
  const { view, older, place } = start('{\r\n}', ['{\n}', '2']);
  older();
  expect(view().text).toBe('2');
  expect(place()).toBe('1 of 1');
});

test('a change ends the recall, line ends of the editor do not', () => {
  const { draft, view, older, newer, place } = start('own', ['{\n}', '1']);
  older();
  draft.typed('{\r\n}');
  draft.setText('{\r\n}', { start: 0, length: 0 });
  expect(place()).toBe('1 of 2');
  older();
  expect(view().text).toBe('1');
  draft.typed('12');
  expect(place()).toBe('none');
  expect(newer()).toBe(false);
  older();
  expect(place()).toBe('1 of 2');
  newer();
  expect(view().text).toBe('12');
});

test('what is sent meanwhile changes no place', () => {
  const { view, older, library } = start('own', ['2', '1']);
  older();
  library.history.forget('2');
  older();
  expect(view().text).toBe('1');
});

test('the cursor is where the same key continues', () => {
  const { view, older, newer } = start('own', ['{\n}', '{\n "a": 1\n}']);
  older();
  older();
  expect(view().selection).toEqual({ start: 1, length: 0 });
  newer();
  expect(view().selection).toEqual({ start: 3, length: 0 });
});

test('before the history is here a recall waits for it, unless somebody types', async () => {
  const library = libraryWith(['sent']);
  const loading = Promise.resolve(library);
  const parts = {
    library: () => undefined,
    loadLibrary: () => loading,
    notify: () => {},
  };
  const [waiting, typing] = [createDraft('own'), createDraft('own')];
  expect(recallIn(waiting, 'newer', parts)).toBe(false);
  expect(recallIn(waiting, 'older', parts)).toBe(true);
  expect(recallIn(typing, 'older', parts)).toBe(true);
  typing.typed('own!');
  await loading;
  expect(waiting.store.getState().text).toBe('sent');
  expect(typing.store.getState().text).toBe('own!');
});

test('a history that cannot be loaded is reported', async () => {
  const notices: string[] = [];
  const notify = (text: string) => void notices.push(text);
  const loading = Promise.reject(new Error('gone'));
  const parts = { library: () => undefined, loadLibrary: () => loading, notify };
  recallIn(createDraft('own'), 'older', parts);
  await loading.catch(() => {});
  expect(notices).toEqual(["Couldn't load this panel."]);
});
