import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Eventually } from '../eventually.ts';
import { Pipeline } from './pipeline.ts';

/** A store of which a test says when it answers. */
function createPipeline(limits: { maxInFlight?: number; maxInFlightBytes?: number } = {}) {
  const sent: string[] = [];
  const started: string[] = [];
  const open = new Map<string, (reply: string | null) => void>();
  const pipeline = new Pipeline<string>({
    maxInFlight: 4,
    maxInFlightBytes: 1000,
    ...limits,
    sizeOf: (message) => message.length,
    isBarrier: (message) => message.startsWith('all'),
    answer: (message) => {
      started.push(message);
      if (message.startsWith('now')) return `reply to ${message}`;
      return new Promise((resolve) => {
        open.set(message, resolve);
      });
    },
    send: (reply) => sent.push(reply),
  });
  /** Runs them one after the other, as a queue does. */
  const run = async (...messages: string[]) => {
    for (const message of messages) await pipeline.run(message);
  };
  const settle = async (message: string, reply: string | null = `reply to ${message}`) => {
    open.get(message)?.(reply);
    await turn();
  };
  return { pipeline, sent, started, run, settle };
}

test('what is answered at once with nothing in flight is sent in the same turn', () => {
  const { pipeline, sent } = createPipeline();
  expect(pipeline.run('now')).toBeUndefined();
  expect(sent).toEqual(['reply to now']);
  expect(pipeline.isIdle).toBe(true);
});

test('requests start at once, replies leave in their order', async () => {
  const { pipeline, sent, started, run, settle } = createPipeline();
  await run('a', 'b', 'now');
  expect(started).toEqual(['a', 'b', 'now']);
  await settle('b');
  expect(sent).toEqual([]);
  await settle('a');
  expect(sent).toEqual(['reply to a', 'reply to b', 'reply to now']);
  expect(pipeline.isIdle).toBe(true);
});

test('silence keeps its place', async () => {
  const { sent, run, settle } = createPipeline();
  await run('a', 'quiet', 'b');
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
  const { started, run, settle } = createPipeline(limits);
  void run('a', 'b', 'c', 'd');
  await turn();
  expect(started).toEqual(['a', 'b']);
  await settle('a');
  expect(started).toEqual(['a', 'b', 'c']);
  await settle('b');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

test('a barrier waits for those before it, and those after wait for it', async () => {
  const { sent, started, run, settle } = createPipeline();
  const done = run('a', 'b', 'all', 'c');
  await settle('a');
  expect(started).toEqual(['a', 'b']);
  await settle('b');
  expect(started).toEqual(['a', 'b', 'all']);
  await turn();
  expect(started).toEqual(['a', 'b', 'all']);
  await settle('all');
  await done;
  expect(started).toEqual(['a', 'b', 'all', 'c']);
  expect(sent).toEqual(['reply to a', 'reply to b', 'reply to all']);
});

test('with nothing in flight a barrier starts at once, and the next one waits for it', async () => {
  const { started, run, settle } = createPipeline();
  const done = run('all 1', 'all 2', 'a');
  await turn();
  expect(started).toEqual(['all 1']);
  await settle('all 1');
  expect(started).toEqual(['all 1', 'all 2']);
  await settle('all 2');
  await done;
  expect(started).toEqual(['all 1', 'all 2', 'a']);
});

test('whatever is answered when, every reply comes once and in order, and barriers run alone', async () => {
  const request = fc.record({
    kind: fc.constantFrom('now', 'later', 'later', 'all'),
    turns: fc.nat(4),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      const sent: string[] = [];
      const running = new Set<string>();
      const pipeline = new Pipeline<string>({
        maxInFlight: 4,
        maxInFlightBytes: 1000,
        sizeOf: () => 1,
        isBarrier: (message) => message.startsWith('all'),
        answer: (message): Eventually<string> => {
          const [kind, , turns] = message.split(' ');
          if (kind === 'all') expect(running.size).toBe(0);
          if ([...running].some((each) => each.startsWith('all'))) throw new Error('Not alone');
          if (kind === 'now') return message;
          running.add(message);
          return (async () => {
            for (let left = Number(turns); left > 0; left -= 1) await turn();
            running.delete(message);
            return message;
          })();
        },
        send: (reply) => sent.push(reply),
      });
      const messages = requests.map(({ kind, turns }, index) => `${kind} ${index} ${turns}`);
      for (const message of messages) {
        await pipeline.run(message);
        expect(running.size).toBeLessThanOrEqual(4);
      }
      while (!pipeline.isIdle) await turn();
      expect(sent).toEqual(messages);
    }),
    { numRuns: 200 },
  );
});
