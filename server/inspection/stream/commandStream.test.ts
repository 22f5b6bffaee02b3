import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteAnswered } from '../../../test/server/noteAnswered.ts';
import type { StreamedCommand } from '../../../protocol/inspection/streamedCommands.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { idOf } from '../../../test/server/memoryStore.ts';
import { maxShownLength } from '../maskedMessage.ts';
import { ObservedCommands, type AnsweredMessage } from '../observedCommands.ts';
import {
  CommandStream,
  figuresMs,
  maxEntries,
  wholeTextsLength,
  streamGatherMs,
  type StreamRequest,
} from './commandStream.ts';
import { maxSlowest } from './commandDurations.ts';

const tkn = '17966394812090976024';
const got: AnsweredMessage = {
  connection: 3,
  isConsole: false,
  command: 'KV_GET',
  status: 1,
  durationMs: 0.25,
  text: `{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`,
  reply: `{"KV_GET_RSP":{"tkn":"${tkn}","keys":{"a":1}}}`,
};

function open(request: Partial<StreamRequest> = {}) {
  const clock = new FakeClock();
  const commands = new ObservedCommands();
  let due = 0;
  const parts = { clock, idOf, commands, onDue: () => (due += 1) };
  const stream = new CommandStream({ type: 'stream', number: 1, ...request }, parts);
  /** Moves the clock on, in a later turn of the event loop. */
  const advance = (ms: number) => {
    commands.handOn();
    clock.advance(ms);
  };
  const next = () => {
    const event = stream.next();
    if (event.type !== 'streamed') throw new Error(`Got ${event.type}`);
    return event;
  };
  return { clock, advance, commands, stream, next, timesDue: () => due };
}

test('a command comes with who sent it, what it is about, what came of it, and tokens masked', () => {
  const { clock, commands, next } = open();
  noteAnswered(commands, got);
  expect(next()).toMatchObject({
    number: 1,
    counted: 1,
    leftOut: 0,
    entries: [
      {
        connection: 3,
        atMs: Math.round(clock.nowMs()),
        command: 'KV_GET',
        status: 1,
        durationUs: 250,
        requestLength: got.text?.length,
        replyLength: got.reply?.length,
        session: idOf(tkn as Token),
        request: '{"KV_GET":{"tkn":"··6024","keys":["a"]}}',
        reply: '{"KV_GET_RSP":{"tkn":"··6024","keys":{"a":1}}}',
      },
    ],
  });
});

test.each<[what: string, answered: Partial<AnsweredMessage>]>([
  [
    'a member that is spelled with an escape',
    { text: `{"KV_GET":{"\\u0074kn":"${tkn}","keys":[]}}` },
  ],
  ['a list', { command: 'SH_EXISTS', text: `{"SH_EXISTS":{"tkns":["${tkn}",${tkn}]}}` }],
  [
    'a list in a reply',
    { command: 'SH_EXISTS', reply: `{"SH_EXISTS_RSP":{"st":1,"exist":["${tkn}"]}}` },
  ],
  ['a bare number', { text: `{"KV_GET":{"tkn":${tkn},"keys":["a"]}}` }],
  [
    'the token of a new session',
    {
      command: 'SH_NEW',
      text: '{"SH_NEW":{"name":"a"}}',
      reply: `{"SH_NEW_RSP":{"st":1,"tkn":"${tkn}"}}`,
    },
  ],
  [
    'a name that is a token',
    { command: undefined, text: `{"${tkn}":{}}`, reply: `{"${tkn}_RSP":{"st":2}}` },
  ],
  [
    'what is no JSON',
    { command: undefined, text: `{"KV_GET":{"tkn":"${tkn}"`, reply: '{"ERR":{"st":3}}' },
  ],
  ['a long message', { text: `{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${'v'.repeat(30_000)}"}}}` }],
])('no token is in %s', (_what, answered) => {
  const { commands, next } = open();
  noteAnswered(commands, { ...got, reply: null, ...answered });
  const [entry] = next().entries;
  expect(entry).toBeDefined();
  expect(JSON.stringify(entry)).not.toContain(tkn);
});

const requestOf = (connection: number) => `{"KV_GET":{"keys":["${connection}"]}}`;

function expectTexts(entries: readonly StreamedCommand[]): void {
  for (const { connection, request, requestLength, replyLength } of entries) {
    const sent = requestOf(connection);
    expect([request, requestLength, replyLength]).toEqual([sent, sent.length, got.reply?.length]);
  }
}

describe('a filter', () => {
  const other = { ...got, connection: 4, command: 'KV_SET', status: 14, durationMs: 20 };
  const elsewhere = { ...got, text: '{"KV_GET":{"tkn":"775","keys":["a"]}}', reply: null };
  const binary = { ...got, command: undefined, status: 2, text: null, reply: '{"ERR":{}}' };

  test.each<[Partial<StreamRequest>, AnsweredMessage[]]>([
    [{}, [got, other, elsewhere, binary]],
    [{ connection: 4 }, [other]],
    [{ commands: ['KV_GET', 'SH_NEW'] }, [got, elsewhere]],
    [{ commands: [] }, []],
    [{ statuses: [14, 2] }, [other, binary]],
    [{ slowerThanMs: 20 }, [other]],
    [{ slowerThanMs: 21 }, []],
    [{ session: idOf('775' as Token) }, [elsewhere]],
    [{ connection: 3, commands: ['KV_GET'], session: idOf(tkn as Token) }, [got]],
  ])('%j', (request, wanted) => {
    const { commands, next } = open(request);
    for (const each of [got, other, elsewhere, binary]) noteAnswered(commands, each);
    const { entries, counted } = next();
    expect(counted).toBe(wanted.length);
    const shown = entries.map(({ connection, command, status }) => [connection, command, status]);
    expect(shown).toEqual(
      wanted.map(({ connection, command, status }) => [connection, command, status]),
    );
  });
});

test('commands are gathered; of very many some are sent and all are counted', () => {
  const { advance, commands, stream, next, timesDue } = open();
  for (let count = 0; count < maxEntries + 7; count += 1) noteAnswered(commands, got);
  expect([stream.hasChanges, timesDue()]).toEqual([false, 0]);
  advance(streamGatherMs);
  expect([stream.hasChanges, timesDue()]).toEqual([true, 1]);
  const { entries, counted, leftOut } = next();
  expect([entries.length, counted, leftOut]).toEqual([maxEntries, maxEntries + 7, 7]);
  expect(stream.hasChanges).toBe(false);
  noteAnswered(commands, got);
  advance(streamGatherMs);
  expect(next()).toMatchObject({ counted: maxEntries + 8, leftOut: 7, entries: [{}] });
});

test('a filter by session counts all when no more can be sent', () => {
  const { commands, next } = open({ session: idOf(tkn as Token) });
  const elsewhere = { ...got, text: '{"KV_GET":{"tkn":"775","keys":["a"]}}', reply: null };
  for (let round = 0; round < 2 * maxEntries; round += 1) {
    for (const each of [got, elsewhere]) noteAnswered(commands, each);
    commands.handOn();
  }
  expect(next()).toMatchObject({ counted: 2 * maxEntries, leftOut: maxEntries });
});

test('a reader that is slow costs no more than a frame', () => {
  const { advance, commands, timesDue, next } = open();
  for (let round = 0; round < 20; round += 1) {
    for (let count = 0; count < 100; count += 1) noteAnswered(commands, got);
    advance(streamGatherMs);
  }
  expect(timesDue()).toBe(1);
  expect(next().entries).toHaveLength(maxEntries);
});

test('what the filter leaves out makes no frame', () => {
  const { advance, commands, timesDue } = open({ connection: got.connection + 1 });
  noteAnswered(commands, got);
  advance(streamGatherMs + figuresMs);
  expect(timesDue()).toBe(0);
});

test('nothing is observed while nobody watches', () => {
  const { clock, commands, stream } = open();
  expect(commands.isWatched).toBe(true);
  noteAnswered(commands, got);
  stream.close();
  expect([commands.isWatched, clock.waitsMs]).toEqual([false, []]);
});

test('how long commands took comes once a second, of those that were left out as well', () => {
  const { advance, commands, next, timesDue } = open();
  const many = maxEntries + 7;
  for (let count = 0; count < many; count += 1) noteAnswered(commands, got);
  advance(streamGatherMs);
  expect(next().figures).toBeUndefined();
  expect(timesDue()).toBe(1);
  advance(figuresMs);
  expect(timesDue()).toBe(2);
  const { entries, figures, ranMs } = next();
  expect([entries, ranMs]).toEqual([[], streamGatherMs + figuresMs]);
  expect(figures?.commands).toEqual([
    { command: 'KV_GET', count: many, failed: 0, p50Us: 250, p95Us: 250, p99Us: 250, maxUs: 250 },
  ]);
  expect(figures?.slowest[0]?.request).toContain('··6024');
  advance(5 * figuresMs);
  expect(timesDue()).toBe(2);
});

test('waiting for figures holds up no command', () => {
  const { advance, commands, next, timesDue } = open();
  noteAnswered(commands, got);
  advance(streamGatherMs);
  next();
  noteAnswered(commands, got);
  advance(streamGatherMs);
  expect(timesDue()).toBe(2);
});

test('texts are whole while the frame has room, then they are cut short', () => {
  const { commands, next } = open();
  const textOf = (length: number) => `{"KV_SET":{"keys":{"a":"${'v'.repeat(length)}"}}}`;
  const note = (length: number) =>
    noteAnswered(commands, { ...got, command: 'KV_SET', text: textOf(length), reply: null });
  const half = wholeTextsLength / 2;
  for (const length of [half, half, half - 100, 5_000]) note(length);
  const lengthsOf = () => next().entries.map(({ request }) => request?.length);
  const whole = (length: number) => textOf(length).length;
  expect(lengthsOf()).toEqual([whole(half), undefined, whole(half - 100), maxShownLength]);
  note(half);
  expect(lengthsOf()).toEqual([whole(half)]);
});

test('all that is shown has its texts, the slowest too, however the commands come', () => {
  const anyStep = fc.oneof(
    { weight: 9, arbitrary: fc.record({ durationMs: fc.nat(50), count: fc.nat(60) }) },
    { weight: 2, arbitrary: fc.constant('turn' as const) },
    { weight: 1, arbitrary: fc.constant('frame' as const) },
  );
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const { advance, commands, next } = open();
      const durationsMs: number[] = [];
      const note = (durationMs: number) => {
        const connection = durationsMs.push(durationMs) - 1;
        noteAnswered(commands, { ...got, connection, durationMs, text: requestOf(connection) });
      };
      for (const step of steps) {
        if (step === 'turn') commands.handOn();
        else if (step === 'frame') expectTexts(next().entries);
        else for (let left = step.count; left > 0; left -= 1) note(step.durationMs);
      }
      next();
      note(0);
      advance(figuresMs);
      const { counted, entries, figures } = next();
      expectTexts([...entries, ...(figures?.slowest ?? [])]);
      const slowest = durationsMs.toSorted((one, other) => other - one).slice(0, maxSlowest);
      expect(counted).toBe(durationsMs.length);
      expect(figures?.slowest.map(({ durationUs }) => durationUs / 1000)).toEqual(slowest);
    }),
  );
});

test('what sending took is part of the cost', () => {
  const { stream, next } = open();
  stream.noteSent(250);
  expect(next().costMs).toBeGreaterThanOrEqual(250);
});
