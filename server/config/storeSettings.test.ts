import { expect, test } from 'vitest';
import type { Config } from './configTypes.ts';
import { readConfig } from './readConfig.mjs';

type Env = Record<string, string>;

/** The place of the data, or the line that says what is wrong. */
function dataOf(args: string, env: Env = {}): Config['data'] | string {
  const files: Record<string, string> = { 'secret.txt': ' hush\n', 'empty.txt': '\n' };
  const command = readConfig({
    args: args.split(' '),
    env,
    readFile: (path) => files[path] ?? '',
    tryDirectory: () => undefined,
  });
  if (!command.ok) return command.refusal;
  return command.value.kind === 'serve' ? command.value.config.data : 'no server';
}

test('nodes, user and password of Redis are taken from where they may be', () => {
  const env = {
    SESHDECK_DATA: 'kept',
    SESHDECK_STORE_USER: 'app',
    SESHDECK_STORE_PASSWORD: 'secret',
  };
  expect(dataOf('--store redis://a:1,[::1]:2,b/ --store-wait 100', env)).toEqual({
    kind: 'redis',
    isTls: false,
    nodes: [
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
      { host: 'b', port: 6379 },
    ],
    cluster: 'auto',
    username: 'app',
    password: 'secret',
    waitMs: 100,
    ack: 'replica',
    serverName: undefined,
  });
  const flags = '--store-cluster on --cluster-ack master --store-password-file secret.txt';
  expect(dataOf(`--store rediss://a ${flags}`)).toMatchObject({
    isTls: true,
    cluster: 'on',
    ack: 'master',
    password: 'hush',
  });
});

test.each<[string, Env, string]>([
  ['--store redis://a --memory', {}, '--store and --memory exclude each other'],
  ['--store redis://a --data b', {}, '--store and --data exclude each other'],
  ['--store redis://a --durability commit', {}, '--store and --durability exclude each other'],
  ['--store redis://a --max-keys 5', {}, '--max-keys is no limit of Redis: set maxmemory'],
  ['--store http://a', {}, 'must be like redis://HOST:PORT or rediss://HOST:PORT,HOST:PORT, got'],
  ['--store redis://a:0', {}, 'must be like redis://HOST:PORT'],
  ['--store redis://a,,b', {}, 'must be like redis://HOST:PORT'],
  ['--store redis://a --store-cluster yes', {}, 'must be one of auto, on, off, got "yes"'],
  ['--store redis://a --store-wait 5', {}, 'must be a whole number from 50 to 60000, got "5"'],
  ['--store redis://a --store-password-file empty.txt', {}, 'no password in empty.txt'],
  [
    '--store redis://a --store-password-file secret.txt',
    { SESHDECK_STORE_PASSWORD: 'x' },
    '--store-password-file and SESHDECK_STORE_PASSWORD exclude each other',
  ],
])('"%s" with %j: %s', (args, env, line) => {
  expect(dataOf(args, env)).toEqual(expect.stringContaining(line));
});

test('a password in the address of Redis is refused and not repeated', () => {
  const said = dataOf('--store redis://app:secret@a:1');
  expect(said).toEqual(expect.stringContaining('SESHDECK_STORE_USER'));
  expect(said).not.toContain('secret');
});

test('a server has a name that fits into one word', () => {
  expect(dataOf('--store redis://a --server-name web-2.eu:1987')).toMatchObject({
    serverName: 'web-2.eu:1987',
  });
  for (const name of ['', 'two words', 'ü', 'x'.repeat(65)]) {
    expect(dataOf('--store redis://a', { SESHDECK_SERVER_NAME: name })).toMatch(
      /^--server-name \(data\.serverName\) must be 1 to 64 letters/,
    );
  }
});
