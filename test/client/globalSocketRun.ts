import { once } from 'node:events';
import { connect } from '../../client/connect.ts';

// Run by globalSocket.test.ts, as a process whose WebSocket is that of the platform. What is to happen to the connection
// it asks of its parent, and it must end when its client is closed.

const [, , url = ''] = process.argv;
const { WebSocket: Platform } = globalThis;
let made = 0;
globalThis.WebSocket = class extends Platform {
  constructor(...args: ConstructorParameters<typeof Platform>) {
    super(...args);
    made += 1;
  }
};

async function ask(what: string): Promise<void> {
  process.send?.(what);
  await once(process, 'message');
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    ({ name, reason }: { name: string; reason?: string }) => `${name} ${reason}`,
  );

/** Long enough that it is no reason for a call to end. */
const connectTimeoutMs = 60_000;
const both = connect(['ws://127.0.0.1:1', url], { connectTimeoutMs });
const otherAddress = await both.newSession({ name: 'one' }).then(
  ({ token }) => token !== '',
  ({ message }: Error) => message,
);
await both.close();

const outsider = connect(url, {
  connectTimeoutMs,
  inspectionKey: 'a key that is not the right one',
});
const refusal = await outsider
  .session('7')
  .watch({ signal: AbortSignal.timeout(4_000) })
  .next()
  .catch(({ message }: Error) => message);
await outsider.close();
made = 0;

const inspectionKey = 'a key of sixteen characters or more';
const db = connect(url, { inspectionKey, reconnect: { minMs: 1, maxMs: 20 } });
const ends: string[] = [];
let onEnd: () => void = () => undefined;
const watching = (async () => {
  for await (const event of db.status()) {
    if (event.type !== 'disconnected') continue;
    ends.push(`${event.code} ${event.reason}`.trim());
    onEnd();
  }
})();

/** Waits until the connection has ended so often. */
async function untilEnded(times: number): Promise<void> {
  while (ends.length < times) {
    await new Promise<void>((resolve) => {
      onEnd = resolve;
    });
  }
}

const long = 'ü😀'.repeat(50_000);
const cart = await db.newSession({ name: 'cart' });
await cart.set({ qty: 2, long });
await Promise.all([1, 2, 3].map((n) => cart.setQuietly({ [`key ${n}`]: n })));
const { qty, long: found } = await cart.get(['qty', 'long']);
const count = await cart.count();
const changes = [];
for await (const change of cart.watch()) {
  changes.push(change.type === 'keys' && change.changed['qty']);
  break;
}

await ask('freezeReplies');
const inFlight = failure(cart.set({ qty: 3 }));
await ask('cut');
const cut = await inFlight;
const afterCut = await cart.count();
await ask('close');
await untilEnded(2);
const afterClose = await cart.count();
await ask('freeze');
const frozen = await failure(cart.get(['qty'], { timeoutMs: 100 }));
const afterFreeze = await cart.get(['qty']);
await ask('freeze');
await db.close();
await watching;

process.send?.({
  values: {
    otherAddress,
    refusal,
    qty,
    isLong: found === long,
    count,
    changes,
    afterCut,
    afterClose,
    afterFreeze,
  },
  failures: [cut, frozen],
  ends,
  made,
});
process.disconnect();
