import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../test/client/clientOf.ts';
import { startProxied, type Proxy } from '../test/client/proxy.ts';
import type { TestServer } from '../test/server/testServer.ts';
import type { Client } from './client.ts';
import { NotSentError, OutcomeUnknownError } from './errors.ts';
import type { Session } from './session.ts';

let server: TestServer;
let proxies: readonly Proxy[];
let direct: Client;

beforeAll(async () => {
  ({ server, proxies } = await startProxied(2));
  direct = clientOf(`ws://127.0.0.1:${server.port}`).client;
});

afterAll(async () => {
  await direct.close();
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await server.stop();
});

/** Something that happens while a client works. */
type Step =
  | { readonly do: 'count' | 'read' | 'quiet' | 'lost quiet' | 'abort' }
  /** The connection is cut, or gets silent and is cut then. */
  | { readonly do: 'cut' | 'freeze' }
  /** Others get their turn so often. */
  | { readonly do: 'wait'; readonly turns: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('count', 'read', 'quiet', 'lost quiet', 'abort')
      .map((kind) => ({ do: kind })),
  },
  { weight: 2, arbitrary: fc.constantFrom('cut', 'freeze').map((kind) => ({ do: kind })) },
  { weight: 3, arbitrary: fc.nat(5).map((turns): Step => ({ do: 'wait', turns })) },
);

/** What became of a call. */
interface Outcome {
  /** That no other call has. */
  readonly key: string;
  readonly did: 'count' | 'read' | 'quiet' | 'lost quiet' | 'abort';
  readonly result: unknown;
}

/** Makes the calls, and notes what is said of each. */
class Run {
  readonly outcomes: Promise<Outcome>[] = [];
  readonly #session: Session;
  readonly #gone: Session;

  constructor(session: Session, gone: Session) {
    this.#session = session;
    this.#gone = gone;
  }

  async take(action: Step): Promise<void> {
    switch (action.do) {
      case 'cut':
        for (const proxy of proxies) proxy.cut();
        return;
      case 'freeze':
        for (const proxy of proxies) proxy.freezeReplies();
        setImmediate(() => proxies.forEach((proxy) => proxy.cut()));
        return;
      case 'wait':
        for (let turn = 0; turn < action.turns; turn += 1) {
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
        }
        return;
      case 'count':
      case 'read':
      case 'quiet':
      case 'lost quiet':
      case 'abort':
        this.#call(action.do);
        return;
    }
  }

  #call(did: Outcome['did']): void {
    const key = `key${this.outcomes.length}`;
    const call = this.#callOf(did, key);
    this.outcomes.push(
      call.then(
        (result) => ({ key, did, result }),
        (error: unknown) => ({ key, did, result: error }),
      ),
    );
  }

  #callOf(did: Outcome['did'], key: string): Promise<unknown> {
    switch (did) {
      case 'count':
        return this.#session.call('KV_INCR', { key });
      case 'read':
        return this.#session.get([key]);
      case 'quiet':
        return this.#session.setQuietly({ [key]: 1 });
      case 'lost quiet':
        return this.#gone.setQuietly({ [key]: 1 });
      case 'abort': {
        const stop = new AbortController();
        const call = this.#session.call('KV_INCR', { key }, { signal: stop.signal });
        stop.abort();
        return call;
      }
    }
  }
}

function expectedOf(did: Outcome['did'], { key, tkn }: { key: string; tkn: string }): unknown {
  switch (did) {
    case 'count':
    case 'abort':
      return { tkn, st: 1, key, value: 1 };
    case 'read':
      return { [key]: null };
    case 'quiet':
      return undefined;
    case 'lost quiet':
      return expect.objectContaining({ command: 'KV_SETQ', status: 'SessionNotExist' });
  }
}

test('whatever is cut and when, each call gets its own reply, and nothing is sent twice', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(steps, async (actions) => {
      const session = await direct.newSession({ name: 'one' });
      const gone = await direct.newSession({ name: 'gone' });
      await gone.end();
      const { client, clock } = clientOf(
        proxies.map(({ url }) => url),
        { reconnect: { minMs: 1, maxMs: 1 }, timeoutMs: 1e9 },
      );
      const reconnecting = (async () => {
        for await (const event of client.status()) {
          if (event.type === 'disconnected') clock.advance(event.retryInMs);
        }
      })();
      const run = new Run(client.session(session.token), client.session(gone.token));
      for (const action of actions) await run.take(action);
      const outcomes = await Promise.all(run.outcomes);
      await client.drain();
      await reconnecting;

      const stored: Record<string, unknown> = await session.find('$');
      expect(Object.values(stored).filter((value) => value !== 1)).toEqual([]);
      for (const { key, did, result } of outcomes) {
        if (result instanceof NotSentError) expect(stored[key]).toBeUndefined();
        else if (!(result instanceof OutcomeUnknownError)) {
          expect(result).toEqual(expectedOf(did, { key, tkn: session.token }));
          if (did === 'count' || did === 'quiet') expect(stored[key]).toBe(1);
        }
      }
      await session.end();
    }),
    { numRuns: 40 },
  );
});
