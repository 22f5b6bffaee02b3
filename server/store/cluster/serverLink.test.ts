import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { silentLog } from '../../log.ts';
import { RedisLink } from './redisLink.ts';
import { ServerLink } from './serverLink.ts';

const meetMs = 50;

describe.skipIf(whyNoRedis)(
  `servers that share a Redis${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  () => {
    let redis: TestRedis;
    let ends: (() => Promise<void>)[];

    beforeEach(async () => {
      redis = await startRedis();
      ends = [];
    });
    afterEach(async () => {
      for (const end of ends.toReversed()) await end();
      await redis.close();
    });

    async function start(name: string): Promise<{ server: ServerLink; warnings: string[] }> {
      const nodes = [{ host: '127.0.0.1', port: redis.port }];
      const access = { nodes, cluster: 'off', isTls: false, waitMs: 5_000, ack: 'master' } as const;
      const link = new RedisLink(access, silentLog);
      await link.open();
      const warnings: string[] = [];
      const log = { warn: (line: string) => void warnings.push(line) };
      const server = new ServerLink({ link, log, serverName: () => name, meetMs });
      server.start();
      ends.push(() => link.close());
      return { server, warnings };
    }

    /** Another server is met, is killed and is forgotten, which takes several meetings. */
    async function comeAndGo(seenBy: ServerLink): Promise<void> {
      await start('z');
      const isMet = () => seenBy.list().some(({ name }) => name === 'z');
      await expect.poll(isMet, { timeout: 20_000, interval: 10 }).toBe(true);
      await ends.pop()?.();
      await expect.poll(isMet, { timeout: 20_000 }).toBe(false);
    }

    test('two of one name both warn, once; one of another name does not', async () => {
      const [one, same, other] = [
        await start('a:1987'),
        await start('a:1987'),
        await start('b:1987'),
      ];
      const count = () => [one, same, other].map(({ warnings }) => warnings.length);
      await expect.poll(count, { timeout: 20_000 }).toEqual([1, 1, 0]);
      expect(one.warnings[0]).toMatch(/^Another server is called a:1987 as well.*--server-name\.$/);
      await comeAndGo(one.server);
      expect(count()).toEqual([1, 1, 0]);
      await Promise.all([one, same, other].map(({ server }) => server.stop()));
    });

    test('one that takes the place of one that was killed does not warn', async () => {
      const before = await start('a:1987');
      await comeAndGo(before.server);
      // Without a word to the others, as when it is killed.
      await ends.shift()?.();
      const after = await start('a:1987');
      const isMet = () => after.server.list().some(({ name }) => name === 'a:1987');
      await expect.poll(isMet, { timeout: 20_000, interval: 10 }).toBe(true);
      await expect.poll(isMet, { timeout: 20_000 }).toBe(false);
      expect(after.warnings).toEqual([]);
      await before.server.stop();
      await after.server.stop();
    });
  },
);
