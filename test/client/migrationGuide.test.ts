import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../client/connect.ts';
import { seshdeckStore } from '../../client/expressSession/expressSession.ts';
import { startRedis, type TestRedis } from '../../client/testing/startRedis.ts';
import { whyNoRedis } from '../server/whyNoRedis.ts';
import { startTestServer, type TestServer } from '../server/testServer.ts';
import { blocksIn, repository, textOf } from '../docs/codeBlocks.ts';
import { moduleText } from '../docs/exampleModule.ts';

// Its types come with those of Express, which are many packages.
const session = createRequire(import.meta.url)('express-session') as {
  readonly Store: new () => object;
};

const page = 'docs/migrating-from-connect-redis.md';
const script = blocksIn(page, textOf(page)).find(({ text }) =>
  text.includes('async function copy('),
);
const folder = path.join(repository, '.cache', `migration-${process.pid}`);

/** As connect-redis writes a session: what express-session gives it, as one text. */
const stored = (members: string, maxAge = 1_800_000) =>
  `{"cookie":{"originalMaxAge":${maxAge},"expires":"2030-01-01T00:00:00.000Z","httpOnly":true,"path":"/"},${members}}`;

describe.skipIf(whyNoRedis !== undefined)(`the script of ${page} ${whyNoRedis ?? ''}`, () => {
  let redis: TestRedis;
  let access: Redis;
  let server: TestServer;

  beforeAll(async () => {
    [redis, server] = await Promise.all([startRedis(), startTestServer()]);
    access = new Redis(redis.port, '127.0.0.1');
    mkdirSync(folder, { recursive: true });
  });

  afterAll(async () => {
    access.disconnect();
    await Promise.all([redis.close(), server.stop()]);
    rmSync(folder, { recursive: true });
  });

  async function copy(): Promise<string> {
    const file = path.join(folder, 'copySessions.mts');
    const code = moduleText(script?.text ?? '', `ws://127.0.0.1:${server.port}`);
    writeFileSync(file, code.replace('redis://127.0.0.1:6379', `redis://127.0.0.1:${redis.port}`));
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
      cwd: repository,
    });
    return (await run).stdout.trimEnd();
  }

  const ask = async (message: string) => (await server.connect()).ask(message);

  async function tokenOf(name: string): Promise<string> {
    return /"tkn":"(\d+)"/.exec(await ask(`{"SH_OPEN":{"name":"${name}"}}`))?.[1] ?? '';
  }

  test('copies ids, members and the time that is left, and nothing else', async () => {
    await access.set('sess:first', stored('"userId":"ada","basket":[1,{"tea":2}]'), 'EX', 100);
    await access.set('sess:second', stored('"userId":"bob"'), 'EX', 1000);
    await access.set('other', 'no session');
    expect(await copy()).toBe('2 sessions copied');
    const tkn = await tokenOf('sess:first');
    const held = await ask(`{"KV_GET":{"tkn":"${tkn}","keys":["userId","basket"]}}`);
    expect(held).toContain('"keys":{"userId":"ada","basket":[1,{"tea":2}]}');
    const left = /"remaining":(\d+)/.exec(await ask(`{"SH_INFO":{"tkn":"${tkn}"}}`))?.[1];
    expect(Number(left)).toBeGreaterThan(50);
    expect(Number(left)).toBeLessThanOrEqual(100);
    expect(await tokenOf('other')).toBe('');
  });

  test('may be run again: what has changed in Redis is copied', async () => {
    await access.set('sess:second', stored('"userId":"eve"'), 'EX', 1000);
    expect(await copy()).toBe('2 sessions copied');
    const held = await ask(
      `{"KV_GET":{"tkn":"${await tokenOf('sess:second')}","keys":["userId"]}}`,
    );
    expect(held).toContain('"userId":"eve"');
  });

  test('leaves sessions that the store reads as its own', async () => {
    const client = connect(`ws://127.0.0.1:${server.port}`);
    const store = seshdeckStore(session, { client });
    const read = await promisify(store.get.bind(store))('first');
    expect(read).toMatchObject({ userId: 'ada', cookie: { originalMaxAge: 1_800_000, path: '/' } });
    await client.drain();
  });
});
