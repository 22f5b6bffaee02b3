import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { FaultyDisk, systemError } from '../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../test/server/journalStore.ts';
import { noDataSets } from '../../test/server/noDataSets.ts';
import { newSession } from '../../test/server/storeContract/storeUnderTest.ts';
import { Held } from '../eventually.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './heldReply.ts';

const facts = { serverVersion: '0', persistEnabled: true };

let disk: FaultyDisk;
let dispatch: Dispatch;
let tkn: string;
let other: string;
let noted: (string | null)[] | undefined;
let recorded: (readonly [command: string | undefined, status: number])[];

beforeEach(async () => {
  disk = new FaultyDisk();
  const store = await openJournalStore({ disk });
  [tkn, other] = [await newSession(store), await newSession(store)];
  recorded = [];
  const record = (command: string | undefined, status: number) =>
    void recorded.push([command, status]);
  noted = undefined;
  const observer = {
    get isWatched() {
      return noted !== undefined;
    },
    note: (_answer: Answer, { text }: Asked) => void noted?.push(text),
  };
  const counted = { recorder: { record }, observer };
  dispatch = createDispatch({ store, facts, dataSets: noDataSets }, counted);
});

const set = (token = tkn) => `{"KV_SET":{"tkn":"${token}","keys":{"a":1}}}`;
const get = (token = tkn) => `{"KV_GET":{"tkn":"${token}","keys":["a"]}}`;
const wasSet = () => `{"KV_SET_RSP":{"tkn":"${tkn}","keys":{"a":20}}}`;
const refused = '{"KV_SET_RSP":{"st":901,"tkn":null,"m":""}}';

const ask = (text: string) => dispatch.holding?.(text, 1);

function held(text: string): Held {
  const reply = ask(text);
  if (!(reply instanceof Held)) throw new Error(`Not held back: ${text}`);
  return reply;
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await setImmediate();
}

test('what changes or shows a session is held back until that is on disk, and counted then', async () => {
  disk.hold();
  const replies = [held(set()), held(get())];
  await turns();
  expect(replies.map(({ hold }) => hold.outcome)).toEqual([undefined, undefined]);
  expect(recorded).toEqual([]);
  disk.release();
  await turns();
  expect(replies.map(({ hold }) => hold.outcome)).toEqual([true, true]);
  expect(replies.map((reply) => reply.take())).toEqual([
    wasSet(),
    `{"KV_GET_RSP":{"tkn":"${tkn}","keys":{"a":1}}}`,
  ]);
  expect(recorded).toEqual([
    ['KV_SET', 1],
    ['KV_GET', 1],
  ]);
});

test('who watches the commands sees what was asked', async () => {
  noted = [];
  const reply = held(set());
  await turns();
  void reply.take();
  expect(noted).toEqual([set()]);
});

test('what shows another session is answered at once', () => {
  disk.hold();
  held(set());
  expect(ask(get(other))).toBe(`{"KV_GET_RSP":{"tkn":"${other}","keys":{"a":null}}}`);
  disk.release();
});

test('who waits for promises gets the same replies', async () => {
  disk.hold();
  const reply = dispatch(set(), 1);
  expect(reply).toBeInstanceOf(Promise);
  disk.release();
  expect(await reply).toBe(wasSet());
});

test('a reply waits for the last sync of all that it shows', async () => {
  disk.hold();
  held(set(tkn));
  await turns();
  held(set(other));
  const both = held(`{"SH_EXISTS":{"tkns":["${tkn}","${other}"]}}`);
  const first = held(get(tkn));
  disk.release();
  disk.hold();
  await turns();
  expect([first.hold.outcome, both.hold.outcome]).toEqual([true, undefined]);
  disk.release();
});

test.each(['write', 'sync'])(
  'if the %s fails, changes are refused and what shows them is read again',
  async (failing) => {
    const [change, shown] = [held(set()), held(get())];
    disk.onCall = (call) => {
      if (call === failing) throw systemError('EIO');
    };
    await turns();
    expect([change.hold.outcome, shown.hold.outcome]).toEqual([false, false]);
    expect(await change.take()).toBe(refused);
    expect(await shown.take()).toBe(`{"KV_GET_RSP":{"tkn":"${tkn}","keys":{"a":null}}}`);
    expect(recorded).toEqual([
      ['KV_SET', 901],
      ['KV_GET', 1],
    ]);
  },
);
