import { expect, onTestFinished, test, vi } from 'vitest';
import { maxListedKeys } from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import { InspectionPeer } from '../../test/web/inspectionPeer.ts';
import { keysPerWindow, WatchedKeys } from './watchedKeys.ts';

const all = { type: 'watch', id: '1' };
const few = { ...all, from: 0, count: keysPerWindow };

/** What is asked for. */
function asked(keys: WatchedKeys, totalKeys?: number) {
  const requests: InspectionRequest[] = [];
  keys.ask((request) => requests.push(request) > 0, '1', { totalKeys });
  return requests;
}

const taken = (totalKeys: number) => {
  const keys = new WatchedKeys();
  keys.take({ type: 'keys', id: '1', totalKeys, isReset: true, removed: [], changed: [] }, 0);
  return keys;
};

test('a session with more keys than can be listed at once is opened with a window of them', () => {
  const keys = new WatchedKeys();
  expect(asked(keys)).toEqual([all]);
  expect(asked(keys, maxListedKeys)).toEqual([all]);
  expect(asked(keys, maxListedKeys + 1)).toEqual([few]);
});

test('back at the beginning of such a session, or connected again, it is a window as well', () => {
  expect(asked(taken(maxListedKeys))).toEqual([all]);
  const keys = taken(maxListedKeys + 1);
  expect(asked(keys)).toEqual([few]);
  // The next session is another one.
  keys.clear();
  expect(asked(keys)).toEqual([all]);
});

test('keys are being listed from the question on, if it could be sent', () => {
  const keys = new WatchedKeys();
  keys.ask(() => false, '1');
  expect(keys.isListing).toBe(false);
  keys.ask(() => true, '1');
  expect(keys.isListing).toBe(true);
});

test('a key that is sought while other keys are on their way is asked for after them', async () => {
  const peer = await InspectionPeer.start();
  const { inspector } = peer.inspector();
  onTestFinished(() => {
    inspector.dispose();
    peer.stop();
  });
  const view = () => inspector.store.getState();
  inspector.start();
  await vi.waitFor(() => expect(view().status.state).toBe('live'));
  inspector.watch('1');
  const lists = () => peer.requests.filter((each) => each.type === 'watch' && each.count);
  const keys = { type: 'keys' as const, id: '1', totalKeys: 9_000, removed: [], changed: [] };
  // Rows on screen ask for keys while the first ones are on their way.
  inspector.listKeys({ from: 100 });
  peer.say({ ...keys, isReset: true });
  await vi.waitFor(() => expect(view().watched?.totalKeys).toBe(9_000));
  inspector.listKeys({ from: 5_000 });
  inspector.listKeys({ around: 'sought' });
  inspector.listKeys({ from: 6_000 });
  await vi.waitFor(() => expect(lists()).toMatchObject([{ from: 5_000 }]));
  peer.say({ ...keys, isReset: true, from: 5_000, isMore: true });
  peer.say({ ...keys, isReset: false, from: 5_000 });
  await vi.waitFor(() => expect(lists()).toMatchObject([{ from: 5_000 }, { around: 'sought' }]));
  peer.say({ ...keys, isReset: true, from: 0 });
  await vi.waitFor(() => expect(view().watched?.keysFrom).toBe(0));
  inspector.listKeys({ from: 1_000 });
  await vi.waitFor(() => expect(lists().slice(2)).toMatchObject([{ from: 1_000 }]));
});
