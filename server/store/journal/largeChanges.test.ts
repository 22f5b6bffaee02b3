import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FaultyDisk } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, given } from '../../../test/server/memoryStore.ts';
import { loadedPerStep } from '../memory/restoreSessions.ts';

test('very many sessions that were loaded are there after a crash', async () => {
  const disk = new FaultyDisk();
  const store = await openJournalStore({ disk });
  const sessions = Array.from({ length: loadedPerStep + 1 }, (_, index) => ({
    token: String(index + 1) as Token,
    name: 'back',
    shared: false,
    keys: new Map<string, never>(),
  }));
  given(await store.restoreSessions(sessions, cause));
  disk.crash();
  const reopened = await openJournalStore({ disk });
  expect(given(await reopened.totals()).sessions).toBe(loadedPerStep + 1);
});
