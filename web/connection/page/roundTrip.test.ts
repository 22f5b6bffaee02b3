import { expect, test } from 'vitest';
import { startConnection, startPeer } from '../../../test/web/connectionHarness.ts';
import { outgoing } from './outgoing.ts';

const info = '{"SV_INFO_RSP":{"st":1,"serverVersion":"1","persistEnabled":false}}';
const list = '{"SH_INFO_ALL_RSP":{"sessions":[]}}';

/** A server of our protocol, and a connection whose first message was answered. */
async function startSpoken(answerInfo: string | undefined, options = {}) {
  const asked: string[] = [];
  const peer = await startPeer((text, socket) => {
    asked.push(text);
    const answer = text.includes('SV_INFO') ? answerInfo : list;
    if (answer !== undefined) socket.send(answer);
  });
  const started = startConnection(peer.port, options);
  started.connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await started.until(() => started.outcomes.size === 1);
  /** Every message so far has been answered: what was asked before has arrived. */
  const settle = async () => {
    const before = started.received().length;
    started.connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    await started.until(() => started.received().length > before);
  };
  return { ...started, asked, peer, settle };
}

test('an idle connection is measured, and nothing of it is logged', async () => {
  const { runTimers, until, view, entries, outcomes } = await startSpoken(info);
  const before = entries.length;
  runTimers();
  await until(() => view().roundTripMs !== undefined);
  expect(view().roundTripMs).toBeGreaterThan(0);
  expect([entries.length, outcomes.size]).toEqual([before, 1]);
});

test('a server that has not used our protocol is never asked', async () => {
  const asked: string[] = [];
  const peer = await startPeer((text, socket) => {
    asked.push(text);
    socket.send('hello');
  });
  const { connection, timers, received, until } = startConnection(peer.port);
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => received().length === 1);
  expect(timers).toEqual([]);
});

test.each(['{"ERR":{"st":3,"m":""}}', '{"SV_INFO_RSP":{"st":2,"tkn":null,"m":""}}'])(
  'the answer %s ends the measuring and is not logged',
  async (answer) => {
    const { runTimers, timers, until, received, settle, view } = await startSpoken(answer);
    runTimers();
    await settle();
    await until(() => timers.length === 0);
    expect(received().map(({ name }) => name)).toEqual(['SH_INFO_ALL_RSP', 'SH_INFO_ALL_RSP']);
    expect(view().roundTripMs).toBeUndefined();
  },
);

test('while a reply is awaited nothing is measured', async () => {
  const { connection, runTimers, asked, settle } = await startSpoken(undefined);
  connection.send(outgoing('{"SV_INFO":{}}'));
  runTimers();
  await settle();
  expect(asked.filter((text) => text.includes('SV_INFO'))).toHaveLength(1);
});

test('in a hidden page nothing is measured', async () => {
  const { runTimers, asked, settle } = await startSpoken(info, { isHidden: () => true });
  runTimers();
  await settle();
  expect(asked.filter((text) => text.includes('SV_INFO'))).toEqual([]);
});

test('switched off, nothing is measured and the old figure is gone', async () => {
  const { connection, runTimers, until, view, asked, settle } = await startSpoken(info);
  runTimers();
  await until(() => view().roundTripMs !== undefined);
  connection.setOptions({ isProbing: false });
  expect(view().roundTripMs).toBeUndefined();
  runTimers();
  await settle();
  expect(asked.filter((text) => text.includes('SV_INFO'))).toHaveLength(1);
});

test('a probe that stays without an answer takes the figure away and is not repeated', async () => {
  let isSilent = false;
  const asked: string[] = [];
  const peer = await startPeer((text, socket) => {
    asked.push(text);
    if (!(isSilent && text.includes('SV_INFO')))
      socket.send(text.includes('SV_INFO') ? info : list);
  });
  const { connection, outcomes, runTimers, until, view } = startConnection(peer.port);
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => outcomes.size === 1);
  runTimers();
  await until(() => view().roundTripMs !== undefined);
  isSilent = true;
  runTimers();
  runTimers();
  expect(view().roundTripMs).toBeUndefined();
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => outcomes.size === 2);
  expect(asked.filter((text) => text.includes('SV_INFO'))).toHaveLength(2);
});

test('a probe and a question of the same name are not mixed up', async () => {
  const { connection, runTimers, received, until, view } = await startSpoken(info);
  runTimers();
  connection.send(outgoing('{"SV_INFO":{}}'));
  await until(() => received().length === 2);
  expect(view().roundTripMs).toBeGreaterThan(0);
  expect(received()[1]).toMatchObject({ name: 'SV_INFO_RSP' });
  expect(received()[1]?.requestId).toBeGreaterThan(0);
});

test('the figure goes with the connection', async () => {
  const { connection, runTimers, until, view, timers } = await startSpoken(info);
  runTimers();
  await until(() => view().roundTripMs !== undefined);
  connection.disconnect();
  expect(view().roundTripMs).toBeUndefined();
  expect(timers).toEqual([]);
});
