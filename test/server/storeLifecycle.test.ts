import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import type { Change, Gap } from '../../server/store/changes.ts';
import { MemoryStore, type MemoryStoreParts } from '../../server/store/memory/memoryStore.ts';
import { savingTo, startTestServer } from './testServer.ts';

test('the server listens when its store is open, and closes it last', async () => {
  const events: string[] = [];
  let open: () => void = () => undefined;
  class NotingStore extends MemoryStore {
    override async open(): Promise<void> {
      await new Promise<void>((resolve) => {
        open = resolve;
      });
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
