import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../client/testing/freePort.ts';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../whyNoRedis.ts';
import { ServerRun } from '../serverRun.ts';
import { TestClient } from '../testServer.ts';

const fileOf = (place: string) => fileURLToPath(new URL(place, import.meta.url));
const certificate = fileOf('../certificates/first.cert.pem');
const certificateKey = fileOf('../certificates/first.key.pem');
const main = fileOf('../../../server/main.ts');

/** As docs/cluster.md names them. */
const rights = '~{sd* &{sd* +@all -@dangerous +info +cluster';
const password = 'a-password-of-some-length';

describe.skipIf(whyNoRedis)(
  `Redis with TLS and a user${whyNoRedis ? ` ${whyNoRedis}` : ''}`,
  () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-secured-'));
    let redis: TestRedis;
    let tlsPort: number;
    let server: ServerRun | undefined;

    beforeAll(async () => {
      tlsPort = await freePort();
      const files = ['--tls-cert-file', certificate, '--tls-key-file', certificateKey];
      const tls = ['--tls-port', String(tlsPort), ...files, '--tls-auth-clients', 'no'];
      const user = `seshdeck on >${password} ${rights}`.split(' ');
      redis = await startRedis({ flags: [...tls, '--user', ...user, '--user', 'default', 'off'] });
      writeFileSync(path.join(directory, 'right'), `${password}\n`);
      writeFileSync(path.join(directory, 'wrong'), 'another\n');
    });
    afterEach(async () => {
      server?.child.kill('SIGTERM');
      await server?.ended;
    });
    afterAll(async () => {
      await redis.close();
      rmSync(directory, { recursive: true });
    });

    function start(
      scheme: string,
      word: string,
      env: Readonly<Record<string, string>> = {},
    ): ServerRun {
      const store = `${scheme}://localhost:${tlsPort}`;
      const flags = ['--store', store, '--store-password-file', path.join(directory, word)];
      const common = { SESHDECK_STORE_USER: 'seshdeck', SESHDECK_STORE_WAIT: '2000' };
      const args = ['--import', 'tsx', main, '--port', '0', ...flags];
      server = new ServerRun(args, { ...common, ...env });
      return server;
    }

    const trusting = { NODE_EXTRA_CA_CERTS: certificate };

    test('a server with the certificate, the user and the password serves', async () => {
      const run = start('rediss', 'right', trusting);
      const base = `http://127.0.0.1:${await run.listening()}`;
      const client = await TestClient.open(base.replace('http', 'ws'));
      const token = await client.newSession();
      expect(await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"n":1}}}`)).toContain('"n":20');
      expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('"totalKeys":1');
      client.socket.terminate();
      // An operator sees which Redis it is, and no more.
      const [ready, health] = await Promise.all(
        ['/readyz', '/healthz'].map(async (path) => (await fetch(base + path)).text()),
      );
      expect(ready).toBe(`ready, durability master, Redis at localhost:${tlsPort}\n`);
      expect(health).toContain(`"store":"redis","redis":["localhost:${tlsPort}"],"durability"`);
      expect(`${ready}${health}`).not.toMatch(new RegExp(`${password}|user`));
      expect(run.out + run.err).not.toContain(password);
    });

    test.each([
      ['a certificate that nobody has signed', /self-signed certificate/, { scheme: 'rediss' }],
      ['a wrong password', /WRONGPASS/, { scheme: 'rediss', word: 'wrong', env: trusting }],
      ['no TLS where the port has it', /Connection is closed|ECONNRESET/, { scheme: 'redis' }],
    ] as const)('%s ends the start with one line', async (_, reason, how) => {
      const { scheme, word = 'right', env = {} } = { word: undefined, env: undefined, ...how };
      const run = start(scheme, word, env);
      expect(await run.ended).toBe(1);
      expect(run.err).toMatch(/^seshdeck: Redis at localhost:\d+ cannot be used: .*\n$/);
      expect(run.err).toMatch(reason);
    });
  },
);
