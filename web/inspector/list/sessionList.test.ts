import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { InspectionPeer, summary } from '../../../test/web/inspectionPeer.ts';
import type { Inspector } from '../inspector.ts';
import { neighbourOf } from './neighbour.ts';
import { SessionList } from './sessionList.ts';

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

let peer: InspectionPeer;
let inspector: Inspector;
let runTimers: () => void;
let list: SessionList;

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector, runTimers } = peer.inspector());
  list = new SessionList(inspector);
  inspector.start();
  await vi.waitUntil(() => inspector.store.getState().status.state === 'live');
});

afterEach(() => {
  inspector.dispose();
  peer.stop();
});

const view = () => list.store.getState();
const asked = () => peer.requests.filter((each): each is ListRequest => each.type === 'list');

/** The latest question, when there are so many. */
async function question(count: number): Promise<ListRequest> {
  await vi.waitFor(() => expect(asked()).toHaveLength(count));
  return asked().at(-1) as ListRequest; // As counted just now.
}

const sessions = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => summary(`s${from + at}`, `name ${from + at}`));

/** Says these rows of a list of a thousand. */
function say({ number }: ListRequest, from: number, rows: readonly SessionSummary[]): void {
  peer.say({
    type: 'rows',
    number,
    nowMs: 1000,
    from,
    ids: rows.map(({ id }) => id),
    length: 1000,
    matching: 1000,
    all: 5000,
    allKeys: 1,
    changed: [...rows],
  });
}

async function opened(): Promise<ListRequest> {
  list.open();
  const first = await question(1);
  say(first, 0, sessions(0, 60));
  await vi.waitFor(() => expect(view().loaded?.items).toHaveLength(60));
  return first;
}

test('opened, it asks for the newest sessions: some more than are seen, not all', async () => {
  const first = await opened();
  expect(first).toMatchObject({ sort: 'created', descending: true, find: '', from: 0, count: 60 });
  expect(view()).toMatchObject({ isBusy: false, loaded: { from: 0, matching: 1000, all: 5000 } });
  list.look({ first: 5, last: 35 });
  list.look({ first: 0, last: 59 });
  expect(asked()).toHaveLength(1);
});

test('rows that are not here are asked for, and the list before is ended after that', async () => {
  const first = await opened();
  list.look({ first: 500, last: 530, anchorId: 's0' });
  const second = await question(2);
  // Enough above and below for the next scrolling.
  expect(second).toMatchObject({ from: 469, count: 93 });
  const types = peer.requests.map(({ type }) => type);
  await vi.waitFor(() =>
    expect(peer.requests.at(-1)).toEqual({ type: 'unlist', number: first.number }),
  );
  expect(types.indexOf('list')).toBeLessThan(peer.requests.length - 1);
  say(first, 0, [summary('late', 'of the list before')]);
  say(second, 469, sessions(469, 93));
  await vi.waitFor(() => expect(view().loaded?.from).toBe(469));
  list.look({ first: 480, last: 510, anchorId: 's480' });
  expect(asked()).toHaveLength(2);
});

test('one question at a time: what comes while it is answered is asked after it, once', async () => {
  const first = await opened();
  list.look({ first: 500, last: 530 });
  for (const position of [600, 700, 800]) list.look({ first: position, last: position + 30 });
  const second = await question(2);
  expect(second.from).toBe(469);
  say(second, 469, sessions(469, 93));
  expect((await question(3)).from).toBe(769);
  expect(first.number).not.toBe(second.number);
});

test('a list that is read further down is held by the row that is read', async () => {
  await opened();
  list.look({ first: 40, last: 70, anchorId: 's40' });
  expect(await question(2)).toMatchObject({ from: 9, anchor: { id: 's40', before: 31 } });
});

test('another search shows the rows of before until the new ones come', async () => {
  await opened();
  list.show({ find: 'basket' });
  expect(view()).toMatchObject({ isBusy: true, query: { find: 'basket', sort: 'created' } });
  expect(view().loaded?.items).toHaveLength(60);
  const second = await question(2);
  expect(second).toMatchObject({ find: 'basket', from: 0 });
  say(second, 0, sessions(7, 1));
  await vi.waitFor(() => expect(view()).toMatchObject({ isBusy: false, loaded: { from: 0 } }));
  expect(view().loaded?.items.map(({ id }) => id)).toEqual(['s7']);
});

test('keys and values are searched when Enter is pressed, and names at once', async () => {
  await opened();
  list.search({ text: '$.user.id == 7', where: 'content' });
  expect(asked()).toHaveLength(1);
  list.searchContent();
  const content = { path: '$.user.id', condition: { operator: '==', value: '7' } };
  const second = await question(2);
  expect(second).toMatchObject({ find: '', content });
  say(second, 0, sessions(0, 1));
  await vi.waitFor(() => expect(view().isBusy).toBe(false));
  list.search({ text: 'user', where: 'names' });
  expect((await question(3)).find).toBe('user');
  expect(asked().at(-1)?.content).toBeUndefined();
});

test('a cancelled search says so until another one, and its text stays in the field', async () => {
  await opened();
  list.search({ text: 'needle', where: 'content' });
  list.searchContent();
  const second = await question(2);
  list.cancelSearch();
  say(second, 0, []);
  expect((await question(3)).content).toBeUndefined();
  await vi.waitFor(() =>
    expect(peer.requests).toContainEqual({ type: 'unlist', number: second.number }),
  );
  expect(view()).toMatchObject({ isCancelled: true, search: { text: 'needle' } });
  list.searchContent();
  expect(view().isCancelled).toBe(false);
});

test('a lost connection leaves the rows, and the same are asked for afterwards', async () => {
  await opened();
  list.show({ sort: 'name', descending: false });
  say(await question(2), 0, sessions(0, 60));
  await vi.waitFor(() => expect(view().isBusy).toBe(false));
  list.look({ first: 20, last: 50, anchorId: 's20' });
  peer.cutOff();
  await vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('retrying'));
  expect(view().loaded?.items).toHaveLength(60);
  runTimers();
  const again = await question(3);
  expect(again).toMatchObject({ sort: 'name', from: 0, anchor: { id: 's20', before: 20 } });
});

test('a refusal says which right is missing', async () => {
  list.open();
  const { number } = await question(1);
  peer.say({ type: 'refused', request: 'list', number, right: 'look' });
  await vi.waitFor(() => expect(view()).toMatchObject({ refused: 'look', loaded: undefined }));
});

test('what changed a moment ago is fresh; rows as they first came, and figures of each second are not', async () => {
  const { number } = await opened();
  expect(list.freshAt('s1')).toBeUndefined();
  const changed = [
    { ...summary('s1', 'name 1'), keyCount: 9 },
    { ...summary('s2', 'name 2'), operationsPerSecond: 5 },
  ];
  const counts = { length: 1000, matching: 1000, all: 5000, allKeys: 1 };
  const ids = ['s1', 's2'];
  peer.say({ type: 'rows', number, nowMs: 1000, from: 0, ids, ...counts, changed });
  await vi.waitFor(() => expect(view().loaded?.items).toHaveLength(2));
  expect(list.freshAt('s1')).toBe(400);
  expect(list.freshAt('s2')).toBeUndefined();
});

test('the next session is asked for where it is not known', async () => {
  await opened();
  const next = neighbourOf(list, 's500', 1);
  const second = await question(2);
  expect(second).toMatchObject({ count: 3, anchor: { id: 's500', before: 1 } });
  say(second, 499, sessions(499, 3));
  expect((await next)?.id).toBe('s501');
  await vi.waitFor(() =>
    expect(peer.requests.at(-1)).toEqual({ type: 'unlist', number: second.number }),
  );
});

test('nobody looks any more: the list is ended', async () => {
  const close = list.open();
  const { number } = await question(1);
  close();
  await vi.waitFor(() => expect(peer.requests.at(-1)).toEqual({ type: 'unlist', number }));
});
