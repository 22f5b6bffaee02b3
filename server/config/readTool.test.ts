import { expect, test } from 'vitest';
import { readConfig } from './readConfig.mjs';

const read = (line: string) =>
  readConfig({
    args: line.split(' '),
    env: {},
    readFile: () => '',
    tryDirectory: () => undefined,
  });

test.each([
  ['check', 'Use: seshdeck check DIR, got nothing'],
  ['check a b', 'Use: seshdeck check DIR, got "a b"'],
  ['repair data', 'Use: seshdeck repair DIR NEWDIR, got "data"'],
  ['backup data --force', 'Use: seshdeck backup DIR|URL FILE, got "data --force"'],
  ['restore file new more', 'Use: seshdeck restore FILE NEWDIR, got "file new more"'],
  ['copy data', 'Use: seshdeck copy FROM TO, got "data"'],
  [
    'copy data new',
    'copy is from or to redis://…; other data is copied with "seshdeck backup" and "restore"',
  ],
  [
    'copy redis://a http://b',
    'copy cannot write into a running server: copy into a new directory, and start one with it',
  ],
  ['copy redis://a wss://b', 'copy cannot write to "wss://b"'],
  [
    'copy data redis://me:secret@a',
    '--store (data.store) must be like redis://HOST:PORT or rediss://HOST:PORT,HOST:PORT; a user and password belong into SESHDECK_STORE_USER and --store-password-file',
  ],
  ['bench', 'Use: seshdeck bench URL, got nothing'],
  ['bench a b', 'Use: seshdeck bench URL, got "a b"'],
  ['bench a --seconds 0', '--seconds must be a whole number from 1 to 3600, got "0"'],
  ['bench a --in-flight=-1', '--in-flight must be a whole number from 1 to 1024, got "-1"'],
  ['bench a --command SH_END', '--command must be one of KV_SET, KV_GET, SH_INFO, got "SH_END"'],
  ['bench a --port 1', "Unknown option '--port'"],
])('"%s" is wrong use of a tool', (args, refusal) => {
  expect(read(args)).toEqual({ ok: false, refusal });
});

test('a benchmark has defaults, and options in any place', () => {
  const defaults = {
    name: 'bench',
    url: 'ws://a',
    connections: 50,
    inFlight: 16,
    seconds: 5,
    keys: 1,
    valueBytes: 32,
    commands: ['KV_SET', 'KV_GET', 'SH_INFO'],
    isJson: false,
  };
  expect(read('bench ws://a')).toMatchObject({ value: { tool: defaults } });
  expect(
    read('bench --json --connections 2 ws://a --command SH_INFO --command KV_SET --keys 10'),
  ).toMatchObject({
    value: {
      tool: {
        ...defaults,
        connections: 2,
        keys: 10,
        commands: ['SH_INFO', 'KV_SET'],
        isJson: true,
      },
    },
  });
});
