import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readJson } from '../protocol/json/readJson.ts';
import { refused } from '../protocol/result.ts';
import { systemClock } from '../server/clock.ts';
import { isBarrier } from '../server/commands/barrier.ts';
import { createDispatch, type Dispatch } from '../server/commands/dispatch.ts';
import { CommandCounts } from '../server/metrics/commandCounts.ts';
import { MemoryStore } from '../server/store/memory/memoryStore.ts';
import { createSessionIds } from '../server/store/sessionIds.ts';
import { createTokenSource } from '../server/store/tokenSource.ts';
import { silentLog } from '../server/log.ts';
import { defaultLimits } from '../server/sockets/limits.ts';
import { Pipeline } from '../server/sockets/pipeline.ts';
import { SharedState } from '../server/sockets/sharedState.ts';
import type { Row } from './rows.ts';

const roundMs = 1_000;
const storedKeys = 100_000;

/** A memory store with one session, and the commands for it. */
export function createStore() {
  const parts = { clock: systemClock, tokens: createTokenSource(), idOf: createSessionIds('') };
  const store = new MemoryStore(parts);
  const facts = { serverVersion: 'bench', persistEnabled: false };
  const dataSets = {
    save: async () => refused('SaveDirWriteFail' as const),
    load: async () => refused('nothing is saved here'),
  };
  const deps = { store, facts, dataSets };
  const dispatch = createDispatch(deps);
  const counted = createDispatch(deps, { recorder: new CommandCounts() });
  const made = store.newSession({ name: 'bench', shared: false }, { connection: 1 });
  return { store, dispatch, counted, tkn: 'ok' in made && made.ok ? made.value.token : '' };
}

export function measureMemory(): Row {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void; // Exposed by the flag above.
  const heapBytes = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const { store, dispatch, tkn } = createStore();
  const before = heapBytes();
  let rawBytes = 0;
  for (let index = 0; index < storedKeys; index += 1) {
    const [key, value] = [`key number ${index}`, `"${String(index).padEnd(50, 'v')}"`];
    rawBytes += key.length + value.length;
    const message = `{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":${value}}}}`;
    // Out of a buffer, as from the socket.
    void dispatch(Buffer.from(message).toString(), 1);
  }
  const ours = (heapBytes() - before) / storedKeys;
  const plain = rawBytes / storedKeys;
  void store.close();
  return { what: 'memory', unit: 'bytes/key', ours, plain, plainIs: 'bytes of key and value' };
}

export function measureReading(): Row {
  const items = Array.from({ length: 5 }, (_, index) => ({ id: index, name: `item ${index}` }));
  const text = JSON.stringify({ KV_SET: { tkn: '14247375118774737462', keys: { items } } });
  const rate = (read: (message: string) => unknown) => {
    const endMs = performance.now() + roundMs;
    let count = 0;
    for (; performance.now() < endMs; count += 1000) {
      for (let each = 0; each < 1000; each += 1) read(text);
    }
    return count / (roundMs / 1000);
  };
  const ours = Math.max(rate(readJson), rate(readJson));
  const plain = Math.max(rate(JSON.parse), rate(JSON.parse));
  const what = `readJson, ${text.length} B`;
  return { what, unit: 'texts/s', ours, plain, plainIs: 'JSON.parse, which loses digits' };
}

/** What the pipeline of a socket, counting and a follower of the store add to a command that is answered at once. */
export function measureDoor(): Row[] {
  const { store, dispatch, counted, tkn } = createStore();
  const message = Buffer.from(`{"KV_SET":{"tkn":"${tkn}","keys":{"items":[1,2,3],"name":"item"}}}`);
  const pipeline = createPipeline((text) => dispatch(text, 1));
  const plainly = () => void dispatch(message.toString(), 1);
  const piped = bestRates(() => pipeline.take(message), plainly);
  const metered = bestRates(() => void counted(message.toString(), 1), plainly);
  const leave = store.subscribe(() => undefined);
  const followed = bestRates(plainly, () => undefined).ours;
  leave();
  void store.close();
  const row = { unit: 'KV_SET/s', plain: piped.plain, plainIs: 'dispatch alone' };
  return [
    {
      what: 'through the pipeline',
      ...row,
      ours: piped.ours,
      goal: { of: 'ratio', atLeast: 0.95 },
    },
    {
      what: 'with metrics',
      ...row,
      ours: metered.ours,
      plain: metered.plain,
      goal: { of: 'ratio', atLeast: 0.95 },
    },
    { what: 'with a follower', ...row, ours: followed },
  ];
}

/** A pipeline without a socket: replies go nowhere. */
function createPipeline(answer: (text: string) => ReturnType<Dispatch>): Pipeline {
  const nothing = () => undefined;
  const outlet = { isHeldUp: false, isShut: false, send: nothing, shut: nothing, fail: nothing };
  const shared = new SharedState({ clock: systemClock, limits: defaultLimits, log: silentLog });
  // All rounds are one turn of the event loop, which must not be over.
  shared.turn.spend = nothing;
  return new Pipeline({
    socket: { pause: nothing, resume: nothing },
    outlet: { ...outlet, guard: (work) => work() },
    shared,
    limits: defaultLimits,
    unreadBytes: () => 0,
    isBarrier: (message) => message !== null && isBarrier(message),
    answer: (message) => answer(String(message)),
  });
}

/** The best of many short rounds, turn by turn, so that what else runs on the machine counts little. */
function bestRates(ours: () => void, plain: () => void): { ours: number; plain: number } {
  const best = { ours: 0, plain: 0 };
  const measure = (name: keyof typeof best, work: () => void) => {
    const startedMs = performance.now();
    for (let each = 0; each < 200; each += 1) work();
    best[name] = Math.max(best[name], 200_000 / (performance.now() - startedMs));
  };
  for (const endMs = performance.now() + 2 * roundMs; performance.now() < endMs;) {
    measure('ours', ours);
    measure('plain', plain);
  }
  return best;
}
