import { expect, test } from 'vitest';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { createDraft } from '../composer/draft.ts';
import { sendDraft } from '../composer/sendDraft.ts';
import { playSession, type Stage } from './playSession.ts';
import { endSession, loadSample } from './sampleData.ts';

const token = '14247375118774737462';

/** A server that answers everything, with one token for all its sessions. */
const answer = (refusing = /^$/) => {
  const sent: string[] = [];
  const reply = (text: string) => {
    sent.push(text);
    const [, name = ''] = /"(\w+)"/.exec(text) ?? [];
    const [, session] = /"name":"([^"]*)"/.exec(text) ?? [];
    const named = session === undefined ? '' : `"name":"${session}",`;
    const st = refusing.test(text) ? 2 : 1;
    return [`{"${name}_RSP":{"st":${st},${named}"tkn":"${token}"}}`];
  };
  return { sent, reply };
};

async function start(refusing?: RegExp) {
  const { sent, reply } = answer(refusing);
  const connection = await openScripted(reply);
  const draft = createDraft('{"SH_INFO_ALL":{}}');
  const moves: string[] = [];
  const stage: Stage = {
    connection,
    draft,
    send: async () => sendDraft(draft, { connection, maxPayloadBytes: 1000 }),
    onStep: () => {},
    onMove: (name, to) => void moves.push(`${name} to ${to}`),
    pause: async () => {},
    gone: async () => {},
    lifetimeSec: 7,
  };
  return { stage, sent, moves, connection, draft };
}

const textOf = ({ draft }: Stage) => draft.store.getState().text;

test('a session is played with real messages, and then everything is as it was', async () => {
  const { stage, sent, moves, connection } = await start();
  connection.variables.set('tkn', '99');
  expect(await playSession(stage)).toBe('over');
  expect(sent).toEqual([
    '{"SH_NEW":{"name":"demo","expiry":{"duration":7,"deleteSession":true}}}',
    `{"KV_SET":{"tkn":"${token}","keys":{"item":"bicycle","price":499.00}}}`,
    `{"KV_GET":{"tkn":"${token}","keys":["item"]}}`,
  ]);
  expect(moves.slice(0, 2)).toEqual(['SH_NEW to log', 'SH_NEW_RSP to sessions']);
  expect(textOf(stage)).toBe('{"SH_INFO_ALL":{}}');
  expect([...connection.store.getState().variables]).toEqual([['tkn', '99']]);
});

test('typing in the composer ends it, and nothing written is lost', async () => {
  const { stage, sent, draft } = await start();
  const pause = async () => draft.typed('mine');
  expect(await playSession({ ...stage, pause })).toBe('stopped');
  expect(textOf(stage)).toBe('mine');
  expect(sent).toEqual([]);
});

test('skipping ends it at once', async () => {
  const { stage, sent } = await start();
  const pause = () => Promise.reject(new Error('Skipped'));
  expect(await playSession({ ...stage, pause })).toBe('stopped');
  expect(textOf(stage)).toBe('{"SH_INFO_ALL":{}}');
  expect(sent).toEqual([]);
});

test('a server that refuses ends it', async () => {
  const { stage } = await start(/KV_SET/);
  expect(await playSession(stage)).toBe('failed');
  expect(textOf(stage)).toBe('{"SH_INFO_ALL":{}}');
});

test('sample data is created with ordinary commands, and what could not be created is not ours', async () => {
  const { connection, sent } = await start(/SH_NEW.*defaults/);
  const { sessions, isComplete } = await loadSample(connection);
  expect(isComplete).toBe(false);
  expect(sessions).toHaveLength(3);
  expect(sent.filter((text) => text.includes('SH_NEW'))).toHaveLength(4);
  expect(sent.filter((text) => text.includes('KV_SET'))).toHaveLength(3);
  sent.length = 0;
  expect(await endSession(connection, token)).toBe(true);
  expect(sent).toEqual([`{"SH_END":{"tkn":"${token}"}}`]);
});
