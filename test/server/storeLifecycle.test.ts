import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../client/testing/freePort.ts';
import { createLog } from '../../server/log.ts';
import type { Change, Gap } from '../../server/store/changes.ts';
import { MemoryStore, type MemoryStoreParts } from '../../server/store/memory/memoryStore.ts';
import { JournalStore } from '../../server/store/journal/journalStore.ts';
import { FaultyDisk } from './faultyDisk.ts';
import { createJournalStore } from './journalStore.ts';
import { savingTo, startTestServer, TestClient } from './testServer.ts';

test('the server listens when its store is open, and closes it last', async () => {
  const events: string[] = [];
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  class NotingStore extends MemoryStore {
    override async open(): Promise<void> {
      await opened;
      events.push('open');
      return super.open();
    }

    override async close(): Promise<void> {
      events.push('close');
      return super.close();
    }
  }
  const createStore = (parts: MemoryStoreParts) => new NotingStore(parts);
  const starting = startTestServer([], { createStore });
  void starting.then(() => events.push('listening'));
  expect(events).toEqual([]);
  open();
  const server = await starting;
  expect(await (await server.connect()).newSession()).toMatch(/^\d+$/);
  await server.stop();
  expect(events).toEqual(['open', 'listening', 'close']);
});

test('while the data is read, probes are answered and sockets are refused', async () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  class SlowStore extends MemoryStore {
    override async open(): Promise<void> {
      await opened;
      return super.open();
    }
  }
  const port = await freePort();
  const starting = startTestServer(['--port', String(port)], {
    createStore: (parts) => new SlowStore(parts),
  });
  const readiness = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return [answer.status, await answer.text()];
  };
  await expect.poll(() => readiness().catch(() => [])).toEqual([503, 'The data is being loaded\n']);
  const tooEarly = TestClient.open(`ws://127.0.0.1:${port}`);
  await expect(tooEarly).rejects.toThrow('503');
  open();
  const server = await starting;
  expect(await readiness()).toEqual([200, 'ready, durability memory\n']);
  expect(await (await server.connect()).newSession()).toMatch(/^\d+$/);
  await server.stop();
});

test('a store that cannot be opened keeps the server from listening, and says why', async () => {
  class BrokenStore extends MemoryStore {
    override open(): Promise<void> {
      return Promise.reject(new Error('The journal in ./data is damaged'));
    }
  }
  const starting = startTestServer([], { createStore: (parts) => new BrokenStore(parts) });
  await expect(starting).rejects.toThrow('The journal in ./data is damaged');
});

test('a server that cannot listen closes its store', async () => {
  const first = await startTestServer();
  let closed = 0;
  class CountingStore extends MemoryStore {
    override async close(): Promise<void> {
      closed += 1;
      return super.close();
    }
  }
  const createStore = (parts: MemoryStoreParts) => new CountingStore(parts);
  await expect(startTestServer(['--port', String(first.port)], { createStore })).rejects.toThrow(
    'EADDRINUSE',
  );
  expect(closed).toBe(1);
  await first.stop();
});

test('what is loaded at the start goes through the door of SH_LOAD', async () => {
  const root = mkdtempSync(join(tmpdir(), 'seshdeck-'));
  const first = await startTestServer([], {}, savingTo(root));
  const client = await first.connect();
  const tkn = await client.newSession();
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
  await client.ask('{"SH_SAVE":{"name":"nightly"}}');
  await first.stop();
  const changes: (Change | Gap)[] = [];
  const lines: string[] = [];
  const second = await startTestServer(
    ['--loadName', 'nightly', '--loadPath', root, '--log-level', 'debug'],
    {
      log: createLog({ level: 'debug', write: (line) => lines.push(line), nowMs: () => 0 }),
      createStore: (parts) => {
        const store = new MemoryStore(parts);
        store.subscribe((change) => changes.push(change));
        return store;
      },
    },
  );
  await second.stop();
  rmSync(root, { recursive: true });
  expect(changes).toMatchObject([
    { kind: 'created', by: 'load', cause: { connection: 0, command: 'SH_LOAD' } },
  ]);
  expect(lines.join('\n')).toContain('SH_LOAD → LoadComplete');
});

test('a stop waits for a slow disk: what was carried out is answered', async () => {
  const disk = new FaultyDisk();
  class ReleasingStore extends JournalStore {
    override whenSynced(): Promise<void> {
      // All other times are over: from here on only the disk is waited for.
      disk.release();
      return super.whenSynced();
    }
  }
  const server = await startTestServer([], {
    limits: { drainMs: 0, endWorkMs: 0, lastAnswersMs: 0 },
    createStore: (parts) => createJournalStore({ ...parts, disk }, ReleasingStore),
  });
  const client = await server.connect();
  const tkn = await client.newSession();
  let hasBegun: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    hasBegun = resolve;
  });
  disk.onCall = () => hasBegun();
  disk.hold();
  client.socket.send(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
  await begun;
  const stopped = server.server.close();
  const closed = await client.closed;
  disk.release();
  await stopped;
  expect(closed).toBe(1001);
  expect(client.unread).toBe(1);
});
