import { expect, test } from 'vitest';
import { summary } from '../../../test/web/inspectionPeer.ts';
import { actOnAll } from '../actOnAll.ts';
import type { ListRange } from './askRows.ts';
import { maxSelected, Selection } from './selection.ts';

const sessionAt = (index: number) => summary(`s${index}`, `name ${index}`);

/** A list of so many sessions, that is asked in parts. */
function listOf(length: number) {
  const asked: ListRange[] = [];
  const ask = (range: ListRange) => {
    asked.push(range);
    const count = Math.max(0, Math.min(range.count, length - range.from));
    return Promise.resolve(Array.from({ length: count }, (_, at) => sessionAt(range.from + at)));
  };
  return { asked, ask };
}

const idsOf = (selection: Selection) => [...selection.store.getState().sessions.keys()];

test('a session is selected, and with Shift all from there, also those that are not here', async () => {
  const list = listOf(1000);
  const selection = new Selection(list);
  selection.toggle({ session: sessionAt(900), index: 900 });
  await selection.extendTo(100);
  expect(idsOf(selection)).toHaveLength(801);
  expect(list.asked.map(({ from, count }) => [from, count])).toEqual([
    [100, 500],
    [600, 301],
  ]);
  selection.toggle({ session: sessionAt(300), index: 300 });
  expect(idsOf(selection)).toHaveLength(800);
  selection.turn(false);
  expect(selection.store.getState()).toMatchObject({ isOn: false, isReading: false });
  expect(idsOf(selection)).toEqual([]);
});

test('no more are selected than the limit', async () => {
  const list = listOf(2 * maxSelected);
  const selection = new Selection(list);
  await selection.first(2 * maxSelected);
  expect(idsOf(selection)).toHaveLength(maxSelected);
  expect(list.asked.reduce((sum, { count }) => sum + count, 0)).toBe(maxSelected);
  selection.toggle({ session: sessionAt(maxSelected + 5), index: maxSelected + 5 });
  expect(idsOf(selection)).toHaveLength(maxSelected);
  await selection.extendTo(2 * maxSelected);
  expect(idsOf(selection)).toHaveLength(maxSelected);
});

test('what is read for a selection that was ended is left aside', async () => {
  const selection = new Selection(listOf(1000));
  const reading = selection.first(1000);
  selection.turn(false);
  await reading;
  expect(selection.store.getState()).toMatchObject({ isOn: false, isReading: false });
});

test('an action on several says for which it did not work, and the others are done', async () => {
  const sessions = Array.from({ length: 50 }, (_, index) => sessionAt(index));
  let atATime = 0;
  let most = 0;
  const outcome = await actOnAll({
    sessions,
    act: async ({ id }) => {
      atATime += 1;
      most = Math.max(most, atATime);
      await Promise.resolve();
      atATime -= 1;
      return id.endsWith('7') ? 'gone' : undefined;
    },
    onProgress: () => {},
    isStopped: () => false,
  });
  expect(outcome.done).toHaveLength(45);
  expect(outcome.failures.map(({ session, why }) => [session.id, why])).toEqual(
    ['s7', 's17', 's27', 's37', 's47'].map((id) => [id, 'gone']),
  );
  expect(most).toBe(16);
});

test('a stopped action begins with no further session', async () => {
  const sessions = Array.from({ length: 50 }, (_, index) => sessionAt(index));
  let done = 0;
  await actOnAll({
    sessions,
    act: () => {
      done += 1;
      return Promise.resolve(undefined);
    },
    onProgress: () => {},
    isStopped: () => done >= 3,
  });
  expect(done).toBe(3);
});
