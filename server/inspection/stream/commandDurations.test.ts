import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf } from '../../../test/server/noteAnswered.ts';
import type { StreamedCommand } from '../../../protocol/inspection/streamedCommands.ts';
import { AnsweredMessages, type AnsweredMessage } from '../observedCommands.ts';
import { CommandDurations, maxSlowest } from './commandDurations.ts';

const answered = (durationMs: number, more: Partial<AnsweredMessage> = {}): AnsweredMessage => ({
  connection: 1,
  isConsole: false,
  command: 'KV_GET',
  status: 1,
  durationMs,
  text: '',
  reply: '',
  ...more,
});

const entryOf = ({
  connection,
  command,
  status,
  durationMs,
}: AnsweredMessage): StreamedCommand => ({
  connection,
  command,
  status,
  durationUs: Math.round(durationMs * 1000),
  atMs: 0,
  requestLength: 0,
  replyLength: 0,
  session: undefined,
  request: undefined,
  reply: undefined,
});

function noted(all: readonly AnsweredMessage[]) {
  const durations = new CommandDurations();
  const messages = new AnsweredMessages();
  for (const each of all) {
    messages.clear();
    messages.push(...partsOf(each));
    if (durations.note(messages, 0)) durations.keep(entryOf(each));
  }
  return durations.figures();
}

test('percentiles of all that was noted are exact or at most a tenth too high', () => {
  const anyDurations = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1 });
  fc.assert(
    fc.property(anyDurations, (durationsUs) => {
      const { commands } = noted(durationsUs.map((us) => answered(us / 1000)));
      const sorted = durationsUs.toSorted((one, other) => one - other);
      const exact = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
      const { count, p50Us = 0, p95Us = 0, p99Us = 0, maxUs } = commands[0] ?? {};
      expect([count, maxUs]).toEqual([sorted.length, sorted.at(-1)]);
      for (const [share, got] of [
        [0.5, p50Us],
        [0.95, p95Us],
        [0.99, p99Us],
      ] as const) {
        expect(got).toBeGreaterThanOrEqual(exact(share) - 1);
        expect(got).toBeLessThanOrEqual(exact(share) * 1.1 + 1);
      }
    }),
  );
});

test('each command has figures of its own, what named none as well, the most frequent first', () => {
  const { commands } = noted([
    answered(1),
    answered(2, { command: 'KV_SET', status: 100 }),
    answered(4, { command: 'KV_SET', status: 20 }),
    answered(0, { command: 'KV_SET', status: 7777 }),
    answered(3, { command: undefined, status: 3 }),
  ]);
  expect(commands.map(({ command, count, failed }) => [command, count, failed])).toEqual([
    ['KV_SET', 3, 2],
    ['KV_GET', 1, 0],
    [undefined, 1, 1],
  ]);
});

test('the slowest are kept, however many come', () => {
  const all = Array.from({ length: 500 }, (_, index) => answered((index * 7919) % 500));
  const { slowest } = noted(all);
  expect(slowest).toHaveLength(maxSlowest);
  expect(slowest.map(({ durationUs }) => durationUs / 1000)).toEqual(
    Array.from({ length: maxSlowest }, (_, index) => 499 - index),
  );
});
