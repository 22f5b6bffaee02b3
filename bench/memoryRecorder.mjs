// Imported by a server that is measured: collects garbage when asked, and says what memory is left. Plain Node, as what
// reads TypeScript takes 60 MB, and a server could then grow without taking any.
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';

/** As many as our server begins when it is idle, and one more. */
const collections = 4;
/** A collection is done in steps. */
const collectionMs = 1_000;
/** Makes V8 begin one, as in `server/beginCollection.ts`. */
const hintBytes = 72 * 1024 * 1024;

async function leftMemory() {
  for (let count = 0; count < collections; count += 1) {
    setFlagsFromString('--optimize-for-size');
    Reflect.construct(ArrayBuffer, [hintBytes]);
    setFlagsFromString('--no-optimize-for-size');
    await setTimeout(collectionMs);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { residentBytes: rss, heapBytes: heapUsed };
}

process.on('message', (message) => {
  if (message === 'memory') void leftMemory().then((left) => process.send?.(left));
});
process.channel?.unref();
