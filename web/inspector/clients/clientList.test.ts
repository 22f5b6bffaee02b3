import { expect, test } from 'vitest';
import type { ConnectedClient } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { ClientList } from './clientList.ts';
import { sortClients } from './sortClients.ts';

function opened() {
  const asked: InspectionRequest[] = [];
  const ask = (request: InspectionRequest) => asked.push(request) > 0;
  const add = () => () => undefined;
  const list = new ClientList({ ask, add }, (run) => run());
  list.onLive();
  const sayOf = (
    server: string | undefined,
    frame: { nowMs: number; connections: number[]; changed: ConnectedClient[] },
  ) => list.receive({ type: 'clients', number: 1, server, ...frame });
  const say = (nowMs: number, changed: ConnectedClient[], connections = [1, 2]) =>
    sayOf(undefined, { nowMs, connections, changed });
  const rows = () => {
    const { clients } = list.store.getState();
    return clients.state === 'known' ? clients.rows : [];
  };
  return { list, asked, say, sayOf, rows };
}

const client = (connection: number, more: Partial<ConnectedClient> = {}): ConnectedClient => ({
  connection,
  address: '127.0.0.1',
  openedAtMs: 1_000,
  inFlight: 0,
  waiting: 0,
  queuedBytes: 0,
  commands: 0,
  command: undefined,
  lastAtMs: undefined,
  ...more,
});

test('operations per second are those between two frames; who sent nothing has none', () => {
  const { say, rows } = opened();
  say(10_000, [client(1, { commands: 500 }), client(2)]);
  expect(rows().map(({ operationsPerSecond }) => operationsPerSecond)).toEqual([0, 0]);
  say(12_000, [client(1, { commands: 700 })]);
  expect(rows().map(({ operationsPerSecond }) => operationsPerSecond)).toEqual([100, 0]);
  say(13_000, []);
  expect(rows().map(({ operationsPerSecond, openSec }) => [operationsPerSecond, openSec])).toEqual([
    [0, 12],
    [0, 12],
  ]);
});

test('who has gone is not in the table any more', () => {
  const { say, rows } = opened();
  say(10_000, [client(1), client(2)]);
  say(11_000, [client(3)], [2, 3]);
  expect(rows().map(({ connection }) => connection)).toEqual([2, 3]);
});

test('a frame of an earlier question is left aside', () => {
  const { list, say, rows } = opened();
  list.onLive();
  say(10_000, [client(1)], [1]);
  expect(rows()).toEqual([]);
});

test('what became of a cut is known, and forgotten with the next one', () => {
  const { list, asked } = opened();
  expect(list.cut({ connection: 4, server: undefined }, 'maintenance')).toBe(true);
  expect(asked.at(-1)).toMatchObject({ type: 'cut', connection: 4, reason: 'maintenance' });
  list.receive({ type: 'cut', connection: 4, wasOpen: false });
  expect(list.store.getState().cut).toEqual({ connection: 4, wasOpen: false });
  list.cut({ connection: 5, server: 'web-2' }, '');
  expect(asked.at(-1)).toMatchObject({ connection: 5, server: 'web-2' });
  expect(list.store.getState().cut).toBeUndefined();
});

test('rows are sorted by any column, equal ones by connection', () => {
  const { say, rows } = opened();
  say(10_000, [
    client(2, { address: '10.0.0.9', queuedBytes: 5 }),
    client(1, { address: '10.0.0.10' }),
  ]);
  const order = (columnId: string, isDescending: boolean) =>
    sortClients(rows(), { columnId, isDescending }).map(({ connection }) => connection);
  expect(order('address', false)).toEqual([2, 1]);
  expect(order('queued', true)).toEqual([2, 1]);
  expect(order('inFlight', true)).toEqual([1, 2]);
});

test('connections of several servers are apart, also those with the same number', () => {
  const { list, sayOf, rows } = opened();
  const areOfSeveral = () => {
    const { clients } = list.store.getState();
    return clients.state === 'known' && clients.areOfSeveral;
  };
  const say = (server: string, nowMs: number, commands?: number) => {
    const changed = commands === undefined ? [] : [client(1, { commands })];
    sayOf(server, { nowMs, changed, connections: changed.map(({ connection }) => connection) });
  };
  say('web-1', 10_000, 10);
  expect(areOfSeveral()).toBe(false);
  say('web-2', 50_000, 7);
  expect(areOfSeveral()).toBe(true);
  say('web-1', 11_000, 30);
  expect(rows().map((row) => [row.server, row.connection, row.operationsPerSecond])).toEqual([
    ['web-1', 1, 20],
    ['web-2', 1, 0],
  ]);
  expect(new Set(rows().map(({ id }) => id)).size).toBe(2);
  say('web-2', 51_000);
  expect(rows().map(({ server }) => server)).toEqual(['web-1']);
});
