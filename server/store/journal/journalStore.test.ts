import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { storeContract } from '../../../test/server/storeContract/storeContract.ts';
import {
  entriesOf,
  newSession,
  numbersOf,
} from '../../../test/server/storeContract/storeUnderTest.ts';

describe.each(['commit', 'relaxed'] as const)('the journal store, %s', (durability) => {
  storeContract(async () => {
    const clock = new FakeClock();
    return { clock, store: await openJournalStore({ clock, durability }) };
  });
});

test('a change that is news to nobody is on disk, and handed to nobody', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk });
  const noted: number[] = [];
  const created = store.subscribe((change) => noted.push(...numbersOf(change)));
  const [quiet, busy] = [await newSession(store), await newSession(store)];
  created();
  const received: string[] = [];
  const leave = store.subscribe(
    (change) => received.push('session' in change ? change.session.token : change.kind),
    (number) => number === noted[1],
  );
  for (const token of [quiet, busy]) {
    expect(await store.setKeys(token, entriesOf({ a: '1' }), cause)).toMatchObject({ ok: true });
  }
  expect(received).toEqual([busy]);
  leave();
  expect(await store.setKeys(busy, entriesOf({ a: '2' }), cause)).toMatchObject({ ok: true });
  expect(received).toEqual([busy]);
  const again = await openJournalStore({ disk: disk.copyOnDisk() });
  const values = [quiet, busy].map((token) => given(again.getKeys(token, ['a'], cause)).get('a'));
  expect(values).toEqual(['1', '2']);
});
