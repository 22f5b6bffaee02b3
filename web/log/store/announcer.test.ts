import { expect, test } from 'vitest';
import { describeAnnouncement } from '../describeEntry.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';

/** What is spoken from now on, in order. */
function listen(harness: LogHarness): string[] {
  const spoken: string[] = [];
  harness.log.store.subscribe(({ announcement }, before) => {
    if (announcement && announcement !== before.announcement) {
      spoken.push(describeAnnouncement(announcement));
    }
  });
  return spoken;
}

test('a single reply is said with its status, twice the same one twice', () => {
  const harness = new LogHarness();
  const spoken = listen(harness);
  harness.addSent();
  harness.add({ statuses: ['Ok'] });
  harness.pass(10_000);
  harness.add({ statuses: ['Ok'] });
  harness.pass(10_000);
  expect(spoken.map((text) => text.trim())).toEqual(['SH_NEW_RSP, Ok', 'SH_NEW_RSP, Ok']);
  // A screen reader does not speak what stays the same.
  expect(spoken[0]).not.toBe(spoken[1]);
});

test('what comes close together is summed up, every few seconds at most', () => {
  const harness = new LogHarness();
  const spoken = listen(harness);
  for (let tenth = 0; tenth < 80; tenth += 1) {
    harness.add(tenth === 2 ? { statuses: ['SessionNotExist'] } : {});
    harness.pass(100);
  }
  expect(spoken).toHaveLength(2);
  expect(spoken[0]).toBe('7 replies, 1 failure');
  expect(spoken[1]).toMatch(/^\d+ replies\s?$/);
});

test('of a flood only its rate is said, and seldom', () => {
  const harness = new LogHarness();
  const spoken = listen(harness);
  for (let tenth = 0; tenth < 200; tenth += 1) {
    for (let count = 0; count < 500; count += 1) harness.add();
    harness.pass(100);
  }
  expect(spoken.length).toBeLessThanOrEqual(2);
  expect(spoken.at(-1)).toMatch(/^About [45],\d{3} messages a second\s?$/);
});
