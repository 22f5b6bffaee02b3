import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { DamagedData } from '../../../server/store/journal/dataFiles.ts';
import { frameHeadBytes, magicBytes } from '../../../server/store/journal/frame.ts';
import { readData } from '../../../server/store/journal/readData.ts';
import type { Random } from '../crash/random.ts';
import { FakeClock } from '../fakeClock.ts';
import { FaultyDisk } from '../faultyDisk.ts';
import { openJournalStore } from '../journalStore.ts';
import { cause, createMemoryStore } from '../memoryStore.ts';
import { endsAfter, entriesOf, newSession } from '../storeContract/storeUnderTest.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, mutatedBytes, pick } from './grammar.ts';

let written: Promise<FaultyDisk> | undefined;

/** The files of a store with something of everything. */
async function writeFiles(): Promise<FaultyDisk> {
  const [disk, clock] = [new FaultyDisk(), new FakeClock()];
  const compaction = { minLogBytes: 300, maxAgeMs: Number.POSITIVE_INFINITY };
  const store = await openJournalStore({ disk, clock, compaction });
  const token = await newSession(store, endsAfter(1_000));
  for (let round = 0; round < 5; round += 1) {
    await store.setKeys(token, entriesOf({ a: '1.50', [`key ${round}`]: '"é😀"' }), cause);
    await store.takeKeys(token, ['a'], cause);
    await store.touchSession(token, { durationSec: 500 + round }, cause);
    await newSession(store);
    // Among them there is a snapshot, and a log behind it.
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  }
  must(/snap.*log|log.*snap/.test(disk.names.join()), 'There is no snapshot');
  await store.close();
  return disk;
}

/** Bytes with other records under a checksum that fits. */
function resealed(random: Random, bytes: Buffer): Buffer {
  const result = Buffer.from(bytes);
  const frames: number[] = [];
  for (let at = result.indexOf(magicBytes); at !== -1; at = result.indexOf(magicBytes, at + 1))
    frames.push(at);
  const at = frames[below(random, frames.length)] ?? 0;
  const end = at + frameHeadBytes + (at + 12 <= result.length ? result.readUInt32LE(at + 8) : 0);
  if (end > result.length || end <= at + frameHeadBytes) return result;
  for (let count = 1 + below(random, 3); count > 0; count -= 1) {
    const place = at + 12 + below(random, end - at - 12);
    result[place] = pick(random, [below(random, 256), 0, 255, 0x7f, 0x80]);
  }
  result.writeUInt32LE(crc32(result.subarray(at + 8, end)), at + 4);
  return result;
}

/** Logs and snapshots: read into a store, or refused with the place of the damage. */
export const journal = fuzzPart({
  name: 'journal',
  share: 0.05,
  make: (random) => random,
  check: async (random) => {
    written ??= writeFiles();
    const disk = (await written).copy();
    const names = (await disk.list()).filter((name) => /log|snap/.test(name));
    const name = names[below(random, names.length)] ?? '';
    const bytes = disk.bytesOf(name);
    disk.put(name, random() < 0.5 ? mutatedBytes(random, bytes) : resealed(random, bytes));
    const store = createMemoryStore();
    try {
      await readData(disk.mount(), { apply: (change) => store.contents.replay(change) });
    } catch (error) {
      must(error instanceof DamagedData, String(error instanceof Error ? error.stack : error));
      must(/^[^\r\n]+$/.test(error.message), `Not one line: ${error.message}`);
    } finally {
      await store.close();
    }
  },
});
