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
  const say = (nowMs: number, changed: ConnectedClient[], connections = [1, 2]) =>
    list.receive({ type: 'clients', number: 1, nowMs, connections, changed });
  const rows = () => {
    const { clients } = list.store.getState();
    return clients.state === 'known' ? clients.rows : [];
  };
  return { list, asked, say, rows };
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
  expect(list.cut(4, 'maintenance')).toBe(true);
  expect(asked.at(-1)).toEqual({ type: 'cut', connection: 4, reason: 'maintenance' });
  list.receive({ type: 'cut', connection: 4, wasOpen: false });
  expect(list.store.getState().cut).toEqual({ connection: 4, wasOpen: false });
  list.cut(5, '');
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
