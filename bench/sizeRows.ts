import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { figuresOf, type Row } from './rows.ts';
import { createStore } from './storeRows.ts';

const rounds = paced(15, 7);
const sliceMs = paced(400, 150);

const sizes = [
  { words: '16 kB', bytes: 16_000 },
  { words: '1 MB', bytes: 1_000_000 },
];

/** A KV_SET of so many bytes. */
function messageOf(tkn: string, bytes: number): string {
  const item = (id: number) => ({ id, name: `item ${id}`, price: id / 8, isNew: id % 2 === 0 });
  const items = Array.from({ length: Math.ceil(bytes / 60) }, (_, id) => item(id));
  return `{"KV_SET":{"tkn":"${tkn}","keys":{"items":${JSON.stringify(items)}}}}`;
}

/** Large messages through dispatch and store, beside the built-in parser, which keeps nothing and loses digits. */
export async function measureSizes(): Promise<Row[]> {
  const { store, dispatch, tkn } = createStore();
  const rows: Row[] = [];
  for (const { words, bytes } of sizes) {
    // From a buffer, as both would have it from a socket.
    const message = Buffer.from(messageOf(tkn, bytes));
    const ours = () => timeEach(() => dispatch(message.toString(), 1));
    const plain = () => timeEach(() => void JSON.parse(message.toString()));
    await ours();
    const [pairs = []] = await measureDuels([{ ours, plain }], rounds);
    rows.push({
      what: `KV_SET of ${words}, read and stored`,
      unit: 'ms',
      ...figuresOf(pairs, (ms) => ms),
      plainIs: 'JSON.parse of it',
      goal: { of: 'ratio', atMost: 1.3 },
    });
  }
  await store.close();
  return rows;
}

/** @returns Milliseconds that the work takes, of which it may wait for some. */
async function timeEach(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  do {
    const answered = work();
    if (answered instanceof Promise) await answered;
    count += 1;
  } while (performance.now() - startedMs < sliceMs);
  return (performance.now() - startedMs) / count;
}
