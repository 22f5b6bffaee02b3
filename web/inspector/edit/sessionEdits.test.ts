// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { InspectionPeer, summary } from '../../../test/web/inspectionPeer.ts';
import type { Inspector } from '../inspector.ts';
import { editsOf, type SessionEdits } from './sessionEdits.ts';
import { isConflict } from './stagedEdits.ts';

let peer: InspectionPeer;
let inspector: Inspector;
let runTimers: () => void;
let edits: SessionEdits;

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector, runTimers } = peer.inspector());
});
afterEach(() => {
  inspector.dispose();
  peer.stop();
});

const json = asJsonText;
const live = () => vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('live'));
const value = (key: string) => inspector.keys().find((entry) => entry.key === key)?.value;

function sayKeys(keys: Record<string, string>, isReset = true, removed: string[] = []) {
  const changed = Object.entries(keys).map(([key, text]) => ({
    key,
    length: text.length,
    value: json(text),
  }));
  const totalKeys = isReset ? changed.length : 99;
  peer.say({ type: 'keys', id: '1', isReset, totalKeys, changed, removed });
}

/** Watches a session with the keys a and b. */
async function start() {
  inspector.start();
  await live();
  inspector.watch('1');
  sayKeys({ a: '1', b: '{"x":1,"y":1}' });
  await vi.waitFor(() => expect(value('b')).toBeDefined());
  edits = editsOf(inspector);
}

const staged = () => [...edits.of('1').edits.values()].map(({ key, value: to }) => [key, to]);
const acts = () => peer.requests.flatMap((each) => (each.type === 'act' ? [each] : []));

/** Answers the commands from here on with these statuses. */
async function answer(from: number, statuses: number[]) {
  await vi.waitFor(() => expect(acts()).toHaveLength(from + statuses.length));
  statuses.forEach((st, index) => {
    const number = acts()[from + index]?.number ?? 0;
    peer.say({ type: 'acted', number, session: '1', reply: `{"KV_CAS_RSP":{"st":${st}}}` });
  });
}

test('edits wait until they are saved, as commands that compare, and each can be discarded', async () => {
  await start();
  edits.stage('1', 'a', json('1.50'));
  edits.stage('1', 'a', json('2.50'));
  edits.stage('1', 'c', json('[]'));
  edits.stage('1', 'b', undefined);
  expect(acts()).toEqual([]);
  edits.discard('1', 'c');
  const saving = edits.save('1');
  await answer(0, [21, 24]);
  await saving;
  expect(acts().map(({ message }) => message)).toEqual([
    '{"KV_CAS":{"key":"a","old":1,"value":2.50}}',
    '{"KV_CAS":{"key":"b","old":{"x":1,"y":1}}}',
  ]);
  expect(staged()).toEqual([]);
});

test('an edit that leads back to what was there is none', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  edits.stage('1', 'a', json('1'));
  expect(staged()).toEqual([]);
});

test('a renamed key is added under its new name before the old one is removed', async () => {
  await start();
  edits.stage('1', 'a', json('5'));
  edits.rename('1', 'a', 'z');
  const saving = edits.save('1');
  await answer(0, [24, 20]);
  await saving;
  expect(
    acts()
      .map(({ message }) => message)
      .sort(),
  ).toEqual(['{"KV_CAS":{"key":"a","old":1}}', '{"KV_CAS":{"key":"z","value":5}}']);
});

test('what somebody else has changed stays as a conflict: mine, theirs or merged', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  edits.stage('1', 'b', json('{"x":2,"y":1}'));
  sayKeys({ a: '7', b: '{"x":1,"y":9}' }, false);
  await vi.waitFor(() => expect(value('a')).toBe('7'));
  const conflicts = [...edits.of('1').edits.values()].filter((edit) =>
    isConflict(edit, edits.live('1', edit.key)),
  );
  expect(conflicts.map(({ key }) => key)).toEqual(['a', 'b']);
  const saving = edits.save('1');
  await answer(0, [28, 28]);
  await saving;
  expect(edits.of('1').edits.get('a')?.fault).toMatch(/Somebody else/);
  edits.resolve('1', 'a', 'mine');
  edits.resolve('1', 'b', 'merged');
  void edits.save('1');
  await answer(2, [21, 21]);
  expect(
    acts()
      .slice(2)
      .map(({ message }) => message),
  ).toEqual([
    '{"KV_CAS":{"key":"a","old":7,"value":2}}',
    '{"KV_CAS":{"key":"b","old":{"x":1,"y":9},"value":{"x":2,"y":9}}}',
  ]);
});

test('with theirs the edit is gone', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  sayKeys({ a: '7' }, false);
  await vi.waitFor(() => expect(value('a')).toBe('7'));
  edits.resolve('1', 'a', 'theirs');
  expect(staged()).toEqual([]);
});

test('a save is taken back with the opposite commands, but not what was changed since', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  edits.stage('1', 'c', json('3'));
  const saving = edits.save('1');
  await answer(0, [21, 20]);
  await saving;
  const undoing = edits.undo('1');
  await answer(2, [28, 21]);
  await undoing;
  expect(
    acts()
      .slice(2)
      .map(({ message }) => message),
  ).toEqual(['{"KV_CAS":{"key":"c","old":3}}', '{"KV_CAS":{"key":"a","old":2,"value":1}}']);
  expect(edits.of('1').changedSince).toEqual(['c']);
});

test('edits outlive a lost connection and another session, and one that was carried out is dropped', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  edits.stage('1', 'b', undefined);
  edits.draft('1', 'row', '{"half');
  const saving = edits.save('1');
  await vi.waitFor(() => expect(acts()).toHaveLength(2));
  peer.cutOff();
  await saving;
  expect(edits.of('1').edits.get('a')?.fault).toMatch(/result is unknown/);
  await vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('retrying'));
  runTimers();
  await live();
  inspector.watch('2');
  expect(staged()).toEqual([
    ['a', '2'],
    ['b', undefined],
  ]);
  inspector.watch('1');
  expect(staged()).toHaveLength(2);
  sayKeys({ a: '2', b: '{"x":1,"y":1}' });
  await vi.waitFor(() => expect(staged()).toEqual([['b', undefined]]));
  expect(edits.of('1').drafts.get('row')).toBe('{"half');
  expect(edits.hasUnsaved).toBe(true);
});

test('while keys are on their way, one that is missing was not removed', async () => {
  await start();
  edits.stage('1', 'b', undefined);
  peer.say({ type: 'keys', id: '1', isReset: true, totalKeys: 2, changed: [], removed: [] });
  await vi.waitFor(() => expect(value('a')).toBeUndefined());
  expect(edits.live('1', 'b')).toBeUndefined();
  expect(staged()).toEqual([['b', undefined]]);
});

test('what is written while a save is on its way is an edit of what is saved', async () => {
  await start();
  edits.stage('1', 'a', json('2'));
  const saving = edits.save('1');
  await vi.waitFor(() => expect(acts()).toHaveLength(1));
  edits.stage('1', 'a', json('3'));
  await answer(0, [21]);
  await saving;
  expect(edits.of('1').edits.get('a')).toMatchObject({ base: '2', value: '3' });
  peer.sayAll([summary('1', 'first')]);
});
