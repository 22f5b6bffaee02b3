import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Eventually } from '../eventually.ts';
import { silentLog } from '../log.ts';
import { closeReasons, type CloseReason } from './closeReasons.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Pipeline } from './pipeline.ts';
import { SharedState } from './sharedState.ts';

function sharedWith(limits: Partial<Limits> = {}): SharedState {
  return new SharedState({
    clock: systemClock,
    limits: { ...defaultLimits, ...limits },
    log: silentLog,
  });
}

/** A pipeline without a socket: requests and replies are texts; those that begin with "all" are barriers. */
function pipelineOf(
  answer: (message: string) => Eventually<string | null>,
  limits: Partial<Limits> = {},
  { shared, unread = 0 }: { readonly shared?: SharedState; readonly unread?: number } = {},
) {
  const sent: string[] = [];
  const shut: CloseReason[] = [];
  const calls = { paused: 0, resumed: 0 };
  const events = { onResume: () => undefined as unknown };
  const outlet = {
    isHeldUp: false,
    isShut: false,
    send: (reply: string) => void sent.push(reply),
    shut: (reason: CloseReason) => void shut.push(reason),
    guard: (work: () => void) => work(),
    fail: (error: unknown) => {
      throw error;
    },
  };
  const resume = () => {
    calls.resumed += 1;
    events.onResume();
  };
  const pipeline = new Pipeline({
    socket: { pause: () => (calls.paused += 1), resume },
    outlet,
    shared: shared ?? sharedWith(limits),
    limits: { ...defaultLimits, maxInFlight: 4, maxInFlightBytes: 1000, ...limits },
    unreadBytes: () => unread,
    isBarrier: (message) => String(message).startsWith('all'),
    answer: (message) => answer(String(message)),
  });
  const take = (...messages: string[]) => {
    for (const message of messages) pipeline.take(Buffer.from(message));
  };
  return { pipeline, outlet, calls, events, sent, shut, take };
}

/** A store of which a test says when it answers. */
function createPipeline(limits: Partial<Limits> = {}) {
  const started: string[] = [];
  const open = new Map<string, (reply: string | null) => void>();
  const parts = pipelineOf((message) => {
    started.push(message);
    if (message.startsWith('now')) return `reply to ${message}`;
    return new Promise((resolve) => {
      open.set(message, resolve);
    });
  }, limits);
  const settle = async (message: string, reply: string | null = `reply to ${message}`) => {
    open.get(message)?.(reply);
    await turn();
  };
  return { ...parts, started, settle };
}

test('what is answered at once with nothing in flight is sent in the same turn', () => {
  const { pipeline, sent, take } = createPipeline();
  take('now');
  expect(sent).toEqual(['reply to now']);
  expect(pipeline.isIdle).toBe(true);
});

test('requests start at once, replies leave in their order', async () => {
  const { pipeline, sent, started, take, settle } = createPipeline();
  take('a', 'b', 'now');
  expect(started).toEqual(['a', 'b', 'now']);
  await settle('b');
  expect(sent).toEqual([]);
  await settle('a');
  expect(sent).toEqual(['reply to a', 'reply to b', 'reply to now']);
  expect(pipeline.isIdle).toBe(true);
});

test('silence keeps its place', async () => {
  const { sent, take, settle } = createPipeline();
  take('a', 'quiet', 'b');
  await settle('b');
  await settle('a');
  expect(sent).toEqual(['reply to a']);
  await settle('quiet', null);
  expect(sent).toEqual(['reply to a', 'reply to b']);
});

test.each([
  ['number', { maxInFlight: 2 }],
  ['bytes', { maxInFlightBytes: 2 }],
])('beyond the limit in %s the next one waits for room', async (_limit, limits) => {
  const { started, take, settle } = createPipeline(limits);
  take('a', 'b', 'c', 'd');
  await turn();
  expect(started).toEqual(['a', 'b']);
  await settle('a');
  expect(started).toEqual(['a', 'b', 'c']);
  await settle('b');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

test('a barrier waits for those before it, and those after wait for it', async () => {
  const { sent, started, take, settle } = createPipeline();
  take('a', 'b', 'all', 'c');
  await settle('a');
  expect(started).toEqual(['a', 'b']);
  await settle('b');
  expect(started).toEqual(['a', 'b', 'all']);
  await turn();
  expect(started).toEqual(['a', 'b', 'all']);
  await settle('all');
  expect(started).toEqual(['a', 'b', 'all', 'c']);
  expect(sent).toEqual(['reply to a', 'reply to b', 'reply to all']);
});

test('with nothing in flight a barrier starts at once, and the next one waits for it', async () => {
  const { started, take, settle } = createPipeline();
  take('all 1', 'all 2', 'a');
  await turn();
  expect(started).toEqual(['all 1']);
  await settle('all 1');
  expect(started).toEqual(['all 1', 'all 2']);
  await settle('all 2');
  expect(started).toEqual(['all 1', 'all 2', 'a']);
});

test('whatever is answered when, every reply comes once and in order, and barriers run alone', async () => {
  const request = fc.record({
    kind: fc.constantFrom('now', 'later', 'later', 'all'),
    turns: fc.nat(4),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      const running = new Set<string>();
      const { pipeline, sent, take } = pipelineOf((message) => {
        const [kind, , turns] = message.split(' ');
        if (kind === 'all') expect(running.size).toBe(0);
        expect([...running].filter((each) => each.startsWith('all'))).toEqual([]);
        if (kind === 'now') return message;
        running.add(message);
        expect(running.size).toBeLessThanOrEqual(4);
        return (async () => {
          for (let left = Number(turns); left > 0; left -= 1) await turn();
          running.delete(message);
          return message;
        })();
      });
      const messages = requests.map(({ kind, turns }, index) => `${kind} ${index} ${turns}`);
      take(...messages);
      while (!pipeline.isIdle) await turn();
      expect(sent).toEqual(messages);
    }),
    { numRuns: 200 },
  );
});

test('while the peer does not read, requests wait and nothing more is read', () => {
  const { pipeline, outlet, calls, started, take } = createPipeline();
  outlet.isHeldUp = true;
  take('now 1', 'now 2');
  expect(started).toEqual([]);
  expect(calls).toEqual({ paused: 2, resumed: 0 });
  outlet.isHeldUp = false;
  pipeline.resume();
  expect(started).toEqual(['now 1', 'now 2']);
  expect(calls.resumed).toBe(1);
});

test('when the requests that wait have so many bytes, nothing more is read until they start', async () => {
  const { calls, settle, started, take } = createPipeline({ maxInFlight: 1, maxWaitingBytes: 10 });
  take('one', '12345', '6789');
  expect(calls.paused).toBe(0);
  take('0');
  expect(calls.paused).toBe(1);
  for (const message of ['one', '12345', '6789', '0']) await settle(message);
  expect(started).toEqual(['one', '12345', '6789', '0']);
  expect(calls.resumed).toBeGreaterThan(0);
});

test.each([
  ['waits', ['one', 'x'.repeat(60), 'x'.repeat(60)]],
  ['is in flight', ['x'.repeat(120)]],
])(
  'beyond the bytes that all may keep, a connection whose request %s is closed',
  (_case, texts) => {
    const limits = { maxInFlight: 1, maxTotalWaitingBytes: 100 };
    const { shut, take } = createPipeline(limits);
    take(...texts);
    expect(shut).toEqual([closeReasons.requestsOverTotal]);
  },
);

test('a message that has come in part counts as well, once it is long; control frames do not', () => {
  const { pipeline, shut, take } = createPipeline({ maxTotalWaitingBytes: 200_000 });
  const chunk = 65_536;
  for (let count = 0; count < 3; count += 1) pipeline.noteRead(chunk);
  take('now done');
  pipeline.noteRead(chunk);
  for (let count = 0; count < 3; count += 1) pipeline.noteRead(chunk);
  for (let count = 0; count < 1_000; count += 1) {
    pipeline.noteControl(125);
    pipeline.noteRead(131);
  }
  expect(shut).toEqual([]);
  pipeline.noteRead(chunk);
  expect(shut).toEqual([closeReasons.requestsOverTotal]);
});

describe('when a turn is over', () => {
  /** Two requests of this length take longer than a turn. */
  const long = 'x'.repeat(64 * 1024);
  const work = () => {
    const endMs = performance.now() + 25;
    while (performance.now() < endMs);
    return null;
  };

  test('no socket is read any further in it, and who has sent little is read first in the next', async () => {
    const shared = sharedWith();
    const busy = pipelineOf(work, {}, { shared });
    const flood = pipelineOf(() => null, {}, { shared, unread: 64 * 1024 });
    const other = pipelineOf(() => null, {}, { shared });
    const order: string[] = [];
    flood.events.onResume = () => order.push('flood');
    other.events.onResume = () => order.push('other');
    busy.take(long, long);
    expect([flood.calls.paused, other.calls.paused]).toEqual([1, 1]);
    await turn();
    await turn();
    expect(order).toEqual(['other', 'flood']);
  });

  test('what a peer has asked before it closes is answered in it', () => {
    const shared = sharedWith();
    pipelineOf(work, {}, { shared }).take(long, long);
    const { pipeline, take, sent } = pipelineOf((message) => message, {}, { shared });
    take('a', 'b');
    expect(sent).toEqual([]);
    pipeline.finish();
    expect(sent).toEqual(['a', 'b']);
  });

  test('short requests with large replies end one as well', () => {
    const shared = sharedWith();
    const answer = () => {
      work();
      return long;
    };
    const busy = pipelineOf(answer, {}, { shared });
    const other = pipelineOf(() => null, {}, { shared });
    busy.take('a', 'b');
    expect(other.calls.paused).toBe(1);
  });

  test('large replies that are done at once are sent in several, and small ones before those', async () => {
    const shared = sharedWith();
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const order: string[] = [];
    const peers = ['a', 'b', 'c', 'd', 'small'].map((name) => {
      const peer = pipelineOf(
        () => done.then(() => name.padEnd(name === 'small' ? 0 : long.length)),
        {},
        { shared },
      );
      peer.outlet.send = (reply) => {
        order.push(reply.trim());
        if (name !== 'small') work();
      };
      peer.take(long);
      return peer;
    });
    finish();
    await turn();
    expect(order.length).toBeLessThan(3);
    while (!peers.every(({ pipeline }) => pipeline.isIdle)) await turn();
    expect(order).toEqual(['a', 'small', 'b', 'c', 'd']);
  });

  test('one whose closing frame is still to come is read on, also when its replies are not read', async () => {
    const shared = sharedWith();
    const busy = pipelineOf(work, {}, { shared });
    const closing = pipelineOf(() => null, {}, { shared });
    Object.assign(closing.outlet, { isHeldUp: true, isShut: true });
    busy.take(long, long);
    await turn();
    expect(closing.calls).toEqual({ paused: 1, resumed: 1 });
  });

  test('a socket that is gone is neither paused nor kept', () => {
    const shared = sharedWith();
    const busy = pipelineOf(work, {}, { shared });
    const gone = pipelineOf(() => null, {}, { shared });
    gone.pipeline.close();
    busy.take(long, long);
    expect(gone.calls.paused).toBe(0);
  });
});
