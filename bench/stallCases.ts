import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { inspectionProtocol } from '../protocol/inspection/access.ts';
import { ticketOf } from './inspector.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { longestTrip } from './stall.ts';
import type { Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

/** A client whose requests and replies may be large. */
class LargeClient {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(port: number): Promise<LargeClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { maxPayload: 256 * 1024 * 1024 });
    await once(socket, 'open');
    return new LargeClient(socket);
  }

  /** Sends all, then waits for their replies. @returns The last. */
  async ask(...requests: readonly string[]): Promise<string> {
    let missing = requests.length;
    const answered = new Promise<string>((resolve) => {
      const take = (reply: Buffer) => {
        missing -= 1;
        if (missing > 0) return;
        this.#socket.off('message', take);
        resolve(reply.toString('utf8', 0, 200));
      };
      this.#socket.on('message', take);
    });
    for (const request of requests) this.#socket.send(request);
    return answered;
  }

  async newSession(): Promise<string> {
    return /"tkn":"(\d+)"/.exec(await this.ask('{"SH_NEW":{"name":"a"}}'))?.[1] ?? '';
  }

  close(): void {
    this.#socket.terminate();
  }
}

interface Case {
  readonly what: string;
  /** Makes ready. @returns The work during which others are measured. */
  readonly prepare: (client: LargeClient, port: number) => Promise<() => Promise<unknown>>;
}

const setKeys = (tkn: string, from: number, count: number) => {
  const keys = Array.from({ length: count }, (_, index) => `"${from + index}":1`).join(',');
  return `{"KV_SET":{"tkn":"${tkn}","keys":{${keys}}}}`;
};

const manyKeys = 900_000;
const keysPerMessage = 100_000;

async function sessionOfManyKeys(client: LargeClient): Promise<string> {
  const tkn = await client.newSession();
  for (let from = 0; from < manyKeys; from += keysPerMessage) {
    await client.ask(setKeys(tkn, from, keysPerMessage));
  }
  return tkn;
}

async function makeSessions(client: LargeClient, count: number, durationSec?: number) {
  const expiry =
    durationSec === undefined ? '' : `,"expiry":{"duration":${durationSec},"deleteSession":true}`;
  const request = `{"SH_NEW":{"name":"a"${expiry}}}`;
  for (let made = 0; made < count; made += 1000) {
    await client.ask(...Array.from({ length: 1000 }, () => request));
  }
}

const cases: readonly Case[] = [
  {
    what: '180,000 keys in one KV_SET',
    prepare: async (client) => {
      const request = setKeys(await client.newSession(), 0, 180_000);
      return () => client.ask(request);
    },
  },
  {
    what: `KV_KEYS of ${manyKeys} keys`,
    prepare: async (client) => {
      const tkn = await sessionOfManyKeys(client);
      return () => client.ask(`{"KV_KEYS":{"tkn":"${tkn}"}}`);
    },
  },
  {
    what: `KV_FIND kv of ${manyKeys} keys`,
    prepare: async (client) => {
      const tkn = await sessionOfManyKeys(client);
      return () => client.ask(`{"KV_FIND":{"tkn":"${tkn}","path":"$","rsp":"kv"}}`);
    },
  },
  {
    what: 'SH_LOAD of 500,000 sessions',
    prepare: async (client) => {
      await makeSessions(client, 500_000);
      await client.ask('{"SH_SAVE":{"name":"all"}}', '{"SH_END_ALL":{}}');
      return () => client.ask('{"SH_LOAD":{"name":"all"}}');
    },
  },
  {
    what: 'SH_END_ALL of 500,000 sessions',
    prepare: async (client) => {
      await makeSessions(client, 500_000);
      return () => client.ask('{"SH_END_ALL":{}}');
    },
  },
  {
    what: 'SH_INFO_ALL while 300,000 sessions fall due',
    prepare: async (client) => {
      // Long enough to make all of them before the first falls due.
      const durationSec = 45;
      const startedMs = performance.now();
      await makeSessions(client, 300_000, durationSec);
      const madeMs = performance.now();
      return async () => {
        const endMs = madeMs + durationSec * 1000;
        if (madeMs - startedMs > durationSec * 1000) throw new Error('The machine is too slow');
        await new Promise((resolve) => {
          setTimeout(resolve, endMs - performance.now());
        });
        await client.ask('{"SH_INFO_ALL":{}}');
      };
    },
  },
  {
    what: '2,000 SH_NEW with 900 inspectors',
    prepare: async (client, port) => {
      const ticket = await ticketOf(port);
      const open = () => {
        const protocols = [inspectionProtocol, ticket];
        const socket = new WebSocket(`ws://127.0.0.1:${port}/inspect`, protocols);
        socket.on('error', () => undefined);
        return socket;
      };
      const inspectors: WebSocket[] = [];
      // The server takes 256 handshakes at a time.
      while (inspectors.length < 900) {
        const more = Array.from({ length: 100 }, open);
        await Promise.all(more.map((each) => once(each, 'message')));
        inspectors.push(...more);
      }
      return async () => {
        await makeSessions(client, 2_000);
        await new Promise((resolve) => {
          setTimeout(resolve, 3_000);
        });
        for (const each of inspectors) each.terminate();
      };
    },
  },
];

/** The longest wait of another client during each, and in as long a time with nothing else. */
export async function measureStallCases(
  bundle: string,
  { isOnDisk }: { readonly isOnDisk: boolean },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, prepare } of cases) {
    const directory = mkdtempSync(join(tmpdir(), 'seshdeck-bench-'));
    const saves = join(directory, 'saves');
    mkdirSync(saves);
    const env = {
      SESHDECK_PERSIST_ENABLED: 'true',
      SESHDECK_PERSIST_PATH: saves,
    };
    const keeping = isOnDisk ? ['--data', join(directory, 'data')] : ['--memory'];
    const server = await startServer(
      [bundle, ...keeping, '--port', '0', '--log-level', 'error'],
      env,
    );
    const busy = await LargeClient.open(server.port);
    const other = await LoadClient.open(server.port);
    const work = await prepare(busy, server.port);
    const startedMs = performance.now();
    const ours = await longestTrip(other, '{"SV_INFO":{}}', work());
    const quiet = new Promise((resolve) => {
      setTimeout(resolve, performance.now() - startedMs);
    });
    const plain = await longestTrip(other, '{"SV_INFO":{}}', quiet);
    busy.close();
    other.close();
    await server.stop();
    rmSync(directory, { recursive: true });
    rows.push({
      what: `longest wait of another client${isOnDisk ? ', data on disk' : ''}: ${what}`,
      unit: 'ms',
      ours,
      plain,
      plainIs: 'with nothing else at work',
      goal: { of: 'ours', atMost: 100 },
    });
  }
  return rows;
}
