import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import type * as BuiltClient from '../client/main.ts';
import type * as BuiltStore from '../client/expressSession/expressSession.ts';
import { startRedis } from '../client/testing/startRedis.ts';
import { loadClient } from '../server/store/cluster/loadClient.ts';
import { whyNoRedis } from '../test/server/whyNoRedis.ts';
import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const rounds = paced(11, 5);
const sliceMs = paced(500, 250);
const warmUpMs = paced(1_500, 500);
const inFlight = 16;
const ttl = 86_400;

/** A session of ten members with 100 bytes each, beside the cookie. */
const members = Object.fromEntries(
  Array.from({ length: 10 }, (_, n) => [`member${n}`, 'v'.repeat(100)]),
);
const cookie = { originalMaxAge: ttl * 1000, httpOnly: true, path: '/' };

/** What a request does to a session, apart from reading it. */
const works = [
  { what: 'changes one of ten members', isChange: true },
  { what: 'changes nothing', isChange: false },
] as const;

/** One request of a site: its session is read, and stored or touched at the end. */
type Request = (sid: string, isChange: boolean) => Promise<void>;

/** The store for express-session beside what connect-redis does: a session is one text, read and written whole. */
export async function measureExpress(bundle: string): Promise<Row[]> {
  if (whyNoRedis !== undefined) {
    process.stdout.write(`Left out: sessions of Express ${whyNoRedis}.\n`);
    return [];
  }
  const [ours, plain] = [await ownStore(bundle), await plainRedis()];
  const rates = works.map(({ isChange }) => ({
    ours: (durationMs = sliceMs) => rateOf(ours.request, isChange, durationMs),
    plain: (durationMs = sliceMs) => rateOf(plain.request, isChange, durationMs),
  }));
  for (const rate of rates) {
    await rate.ours(warmUpMs);
    await rate.plain(warmUpMs);
  }
  const found = await measureDuels(rates, rounds);
  await Promise.all([ours.close(), plain.close()]);
  return works.map(({ what }, at) => ({
    what: `seshdeck/express-session: a request that ${what}, ${inFlight} in flight`,
    unit: 'requests/s',
    ...figuresOf(found[at] ?? [], (rate) => rate),
    plainIs: 'GET and SET or EXPIRE of the whole JSON in Redis, as connect-redis does',
  }));
}

/** @returns Requests a second. */
async function rateOf(request: Request, isChange: boolean, durationMs: number): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  const lane = async (_: unknown, at: number) => {
    while (performance.now() - startedMs < durationMs) {
      await request(`visitor${at}`, isChange);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (1000 * count) / (performance.now() - startedMs);
}

/** Anything that was not there before. */
let changes = 0;

async function ownStore(bundle: string) {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const outDir = dirname(bundle);
  const script = new URL('../scripts/buildClient.mjs', import.meta.url).pathname;
  await promisify(execFile)(process.execPath, [script, outDir]);
  const { connect } = (await import(join(outDir, 'client/client.mjs'))) as typeof BuiltClient;
  const built = await import(join(outDir, 'client/express-session.mjs'));
  const { seshdeckStore } = built as typeof BuiltStore;
  const session = createRequire(import.meta.url)('express-session') as {
    readonly Store: new () => object;
  };
  const client = connect(`ws://127.0.0.1:${server.port}`, { WebSocket });
  const store = seshdeckStore(session, { client, ttl });
  const get = promisify(store.get.bind(store));
  const set = promisify(store.set.bind(store));
  const touch = promisify(store.touch.bind(store));
  for (let at = 0; at < inFlight; at += 1) await set(`visitor${at}`, { cookie, ...members });
  const request: Request = async (sid, isChange) => {
    const data = await get(sid);
    if (!data) throw new Error('A session that is not there');
    if (!isChange) return touch(sid, data);
    Object.assign(data, { member0: `${'v'.repeat(90)}${(changes += 1)}` });
    await set(sid, data);
  };
  const close = async () => {
    await client.close();
    await server.stop();
  };
  return { request, close };
}

async function plainRedis() {
  const redis = await startRedis();
  const { Redis } = await loadClient();
  const client = new Redis(redis.port, '127.0.0.1');
  const text = JSON.stringify({ cookie, ...members });
  for (let at = 0; at < inFlight; at += 1) await client.set(`sess:visitor${at}`, text, 'EX', ttl);
  const request: Request = async (sid, isChange) => {
    const data = JSON.parse((await client.get(`sess:${sid}`)) ?? '') as Record<string, unknown>;
    if (!isChange) {
      await client.expire(`sess:${sid}`, ttl);
      return;
    }
    data['member0'] = `${'v'.repeat(90)}${(changes += 1)}`;
    await client.set(`sess:${sid}`, JSON.stringify(data), 'EX', ttl);
  };
  const close = async () => {
    client.disconnect();
    await redis.close();
  };
  return { request, close };
}
