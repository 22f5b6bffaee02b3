import { expect, test } from 'vitest';
import { LogHarness } from '../../../test/web/logHarness.ts';

/** Adds so many messages a second for some seconds. */
function flood(harness: LogHarness, perSecond: number, seconds: number): void {
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    for (let count = 0; count < perSecond / 10; count += 1) harness.add();
    harness.pass(100);
  }
}

test('2,000 messages a second are all kept', () => {
  const harness = new LogHarness();
  flood(harness, 2000, 3);
  expect(harness.log.store.getState()).toMatchObject({
    flood: undefined,
    counts: { received: 6000, kept: 6000, leftOut: 0 },
  });
});

test('of 10,000 a second one in twenty is kept, and every one is counted', () => {
  const harness = new LogHarness();
  flood(harness, 10_000, 4);
  const { counts, flood: shown } = harness.log.store.getState();
  expect(shown).toEqual({ perSecond: 10_000, oneIn: 20 });
  expect(counts.received).toBe(40_000);
  expect(counts.kept + counts.leftOut).toBe(40_000);
  flood(harness, 10_000, 1);
  expect(harness.log.store.getState().counts.kept - counts.kept).toBe(500);
});

test('failures and replies to requests by hand are kept in a flood', () => {
  const harness = new LogHarness();
  flood(harness, 10_000, 2);
  const requestId = harness.addSent();
  const failureId = harness.add({ statuses: ['SessionNotExist'] });
  const replyId = harness.add({ requestId, latencyMs: 1, statuses: ['Ok'] });
  flood(harness, 10_000, 1);
  expect(harness.log.find(requestId)).toBeDefined();
  expect(harness.log.find(failureId)).toBeDefined();
  expect(harness.log.find(replyId)).toBeDefined();
});

test('replies to requests that are sent by the thousand are sampled', () => {
  const harness = new LogHarness();
  for (let second = 0; second < 3; second += 1) {
    for (let count = 0; count < 5000; count += 1) {
      harness.add({ requestId: harness.addSent(), latencyMs: 1, statuses: ['Ok'] });
    }
    harness.pass(1000);
  }
  expect(harness.log.store.getState().counts.leftOut).toBeGreaterThan(10_000);
});

test('Keep all keeps all, and back again samples', () => {
  const harness = new LogHarness();
  flood(harness, 10_000, 2);
  harness.log.keepAll(true);
  const before = harness.log.store.getState().counts;
  flood(harness, 10_000, 1);
  expect(harness.log.store.getState().flood).toEqual({ perSecond: 10_000, oneIn: 1 });
  expect(harness.log.store.getState().counts.leftOut).toBe(before.leftOut);
  harness.log.keepAll(false);
  flood(harness, 10_000, 1);
  expect(harness.log.store.getState().counts.leftOut).toBe(before.leftOut + 9500);
});

test('messages that were read a moment before they are counted do not end a flood', () => {
  const harness = new LogHarness();
  flood(harness, 10_000, 3);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    for (let count = 0; count < 1000; count += 1) harness.add({ atMs: harness.nowMs - 1500 });
    harness.pass(100);
    expect(harness.log.store.getState().flood).toBeDefined();
  }
});

test('the meter goes when the flood is over, though nothing more comes', () => {
  const harness = new LogHarness();
  flood(harness, 10_000, 2);
  expect(harness.log.store.getState().flood).toBeDefined();
  harness.pass(4000);
  // Its button does not vanish under the pointer; of the few that still arrive nothing is left out.
  expect(harness.log.store.getState().flood).toEqual({ perSecond: 0, oneIn: 1 });
  harness.pass(4000);
  expect(harness.log.store.getState().flood).toBeUndefined();
});
