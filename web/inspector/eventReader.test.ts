import { expect, test } from 'vitest';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { EventReader } from './eventReader.ts';

/** Of 2 MB, with numbers that a double does not hold. */
const value = asJsonText(
  `[${Array.from({ length: 100_000 }, () => '14247375118774737462').join(',')}]`,
);
const long: InspectionEvent = { type: 'value', id: '1', key: 'k', value };
const short: InspectionEvent = { type: 'gone', id: '1' };

test('a long frame is read in slices, and what comes after it waits', async () => {
  const seen: (InspectionEvent | undefined)[] = [];
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const reader = new EventReader((event) => {
    seen.push(event);
    if (seen.length === 4) finish();
  });
  reader.take(writeInspectionEvent(short));
  expect(seen).toEqual([short]);
  reader.take(writeInspectionEvent(long));
  reader.take('nonsense');
  reader.take(writeInspectionEvent(short));
  expect(seen).toHaveLength(1);
  await done;
  expect(seen).toEqual([short, long, undefined, short]);
});

test('after the end nothing comes', async () => {
  const seen: unknown[] = [];
  const reader = new EventReader((event) => seen.push(event));
  reader.take(writeInspectionEvent(long));
  reader.end();
  const other = new Promise<void>((resolve) => {
    new EventReader(() => resolve()).take(writeInspectionEvent(long));
  });
  await other;
  expect(seen).toEqual([]);
});
