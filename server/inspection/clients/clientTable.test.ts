import { expect, test } from 'vitest';
import { noteAnswered } from '../../../test/server/noteAnswered.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import type { ClientFacts } from '../../sockets/connections.ts';
import { ObservedCommands } from '../observedCommands.ts';
import { ClientTable, tableMs } from './clientTable.ts';

const client = (connection: number): ClientFacts => ({
  connection,
  address: '127.0.0.1',
  openedAtMs: 1.5,
  inFlight: 0,
  waiting: 0,
  queuedBytes: 0,
});

function open(...clients: ClientFacts[]) {
  const clock = new FakeClock();
  const commands = new ObservedCommands();
  let due = 0;
  const parts = { clock, commands, clients: () => clients, onDue: () => (due += 1) };
  const table = new ClientTable(7, parts);
  const next = () => {
    const event = table.next();
    if (event.type !== 'clients') throw new Error(`Got ${event.type}`);
    return event;
  };
  const note = (connection: number, command: string | undefined) => {
    noteAnswered(commands, {
      connection,
      isConsole: false,
      command,
      status: 1,
      durationMs: 1,
      text: '',
      reply: '',
    });
    commands.handOn();
  };
  return { clock, commands, clients, table, next, note, timesDue: () => due };
}

test('all clients come first, then those that have changed, once a second', () => {
  const { clock, clients, table, next, note, timesDue } = open(client(1), client(2));
  expect(table.hasChanges).toBe(true);
  expect(next()).toMatchObject({
    number: 7,
    connections: [1, 2],
    changed: [
      { connection: 1, address: '127.0.0.1', openedAtMs: 2, commands: 0, command: undefined },
      { connection: 2 },
    ],
  });
  note(2, 'KV_SET');
  note(2, 'KV_GET');
  note(2, undefined);
  expect(table.hasChanges).toBe(false);
  clock.advance(tableMs);
  expect([table.hasChanges, timesDue()]).toEqual([true, 1]);
  const { changed } = next();
  expect(changed).toMatchObject([{ connection: 2, commands: 3, command: undefined }]);
  expect(changed[0]?.lastAtMs).toBe(Math.round(clock.nowMs() - tableMs));
  clients.shift();
  clients.push({ ...client(3), queuedBytes: 5, waiting: 1 });
  clock.advance(tableMs);
  expect(next()).toMatchObject({
    connections: [2, 3],
    changed: [{ connection: 3, queuedBytes: 5, waiting: 1 }],
  });
});

test('a connection that comes again with another number has a count of its own', () => {
  const { clients, next, note } = open(client(1));
  note(1, 'KV_SET');
  clients.splice(0, 1, client(2));
  note(2, 'KV_SET');
  expect(next().changed).toMatchObject([{ connection: 2, commands: 1 }]);
});

test('nothing is watched and no timer runs when it is closed', () => {
  const { clock, commands, table, next } = open(client(1));
  next();
  expect([commands.isWatched, clock.waitsMs]).toEqual([true, [tableMs]]);
  table.close();
  expect([commands.isWatched, clock.waitsMs]).toEqual([false, []]);
});
