import { describe, expect, test } from 'vitest';
import { certificateFile } from '../../test/server/testServer.ts';
import type { Config } from './configTypes.ts';
import { defaultLimits } from '../sockets/limits.ts';
import { helpText, readConfig } from './readConfig.mjs';
import { settingRows } from './settings.mjs';

type Env = Record<string, string>;

const key = 'k'.repeat(16);
const files: Env = {
  'full.json': `/* where it listens */ { "version": 1, // and more
      "kv": { "ip": "127.0.0.2", "port": 4000, "maxPayload": 1024 },
      "data": { "path": "kept", "durability": "relaxed", "readOnly": true },
      "persist": { "enabled": true, "path": "saves" },
      "console": { "allowOrigins": ["https://a.example"], "allowHosts": ["b.example"],
                   "inspectKeyFile": "key.txt", "inspectKeys": "keys.json", "logLevel": "debug", "logFormat": "json",
                   "tlsCert": "first.cert.pem", "tlsKey": "first.key.pem",
                   "trustProxies": ["10.0.0.0/8"], "metricsListen": "[::1]:9100" },
      "limits": { "maxSessions": 1, "maxKeys": 2, "maxMemory": 3, "maxConnections": 4,
                  "maxConnectionsPerAddress": 5, "maxSaves": 6, "maxSaveBytes": 7, "snapshotBytes": 8, "history": 0,
                  "disabledCommands": ["SH_LOAD"] } }`,
  'short.json': '\ufeff{"version":1,"kv":{"ip":"127.0.0.1","port":0,"maxPayload":64}}',
  'key.txt': `${key}\n`,
  'keys.json': '{"keys":[]}',
  'empty.txt': ' \n',
  'first.cert.pem': certificateFile('first.cert.pem'),
  'first.key.pem': certificateFile('first.key.pem'),
  'second.key.pem': certificateFile('second.key.pem'),
};
const firstPair = { cert: files['first.cert.pem'], key: files['first.key.pem'] };

const readFile = (path: string) => {
  const text = files[path];
  if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  return text;
};

function read(args: string, { env = {}, more = {} }: { env?: Env; more?: Env } = {}) {
  return readConfig({
    args: args.split(' ').filter((arg) => arg !== ''),
    env,
    readFile: (path) => more[path] ?? readFile(path),
    tryDirectory: (path) => path === 'saves' || readFile(path),
  });
}

/** The settings, or the line that says why not. */
function settings(args: string, env?: Env): Config | string {
  const command = read(args, { env: env ?? {} });
  if (!command.ok) return command.refusal;
  return command.value.kind === 'serve' ? command.value.config : command.value.kind;
}

test('with nothing said, the defaults hold', () => {
  expect(settings('')).toEqual({
    ip: '127.0.0.1',
    port: 1987,
    maxPayloadBytes: 2_097_152,
    allowOrigins: [],
    allowHosts: [],
    inspection: { kind: 'ticket' },
    tls: undefined,
    trustedProxies: [],
    metricsListen: undefined,
    logLevel: 'info',
    logFormat: 'auto',
    data: { kind: 'disk', path: './data', durability: 'commit' },
    persist: { enabled: false, path: './data' },
    load: undefined,
    limits: {
      maxSessions: undefined,
      maxKeys: undefined,
      maxMemoryBytes: undefined,
      maxConnections: defaultLimits.maxConnections,
      maxConnectionsPerAddress: defaultLimits.maxConnectionsPerAddress,
      maxSaves: 1000,
      maxSaveBytes: 10 * 1024 ** 3,
      snapshotBytes: 64 * 1024 ** 2,
      historyBytes: undefined,
    },
    disabledCommands: [],
    isReadOnly: false,
    opensBrowser: false,
  });
});

test('a file sets everything, comments and all', () => {
  expect(settings('--config full.json')).toEqual({
    ip: '127.0.0.2',
    port: 4000,
    maxPayloadBytes: 1024,
    allowOrigins: ['https://a.example'],
    allowHosts: ['b.example'],
    inspection: { kind: 'key', key, named: { file: 'keys.json', keys: [] } },
    tls: { certFile: 'first.cert.pem', keyFile: 'first.key.pem', ...firstPair },
    trustedProxies: [{ address: '10.0.0.0', bits: 8 }],
    metricsListen: { ip: '::1', port: 9100 },
    logLevel: 'debug',
    logFormat: 'json',
    data: { kind: 'disk', path: 'kept', durability: 'relaxed' },
    persist: { enabled: true, path: 'saves' },
    load: undefined,
    limits: {
      maxSessions: 1,
      maxKeys: 2,
      maxMemoryBytes: 3,
      maxConnections: 4,
      maxConnectionsPerAddress: 5,
      maxSaves: 6,
      maxSaveBytes: 7,
      snapshotBytes: 8,
      historyBytes: 0,
    },
    disabledCommands: ['SH_LOAD'],
    isReadOnly: true,
    opensBrowser: false,
  });
  expect(settings('', { SESHDECK_CONFIG: 'short.json' })).toMatchObject({ maxPayloadBytes: 64 });
});

test('a flag beats the environment, the environment beats the file', () => {
  const env = { SESHDECK_PORT: '5000', SESHDECK_LOG_LEVEL: 'warn' };
  expect(settings('--config=full.json --port=6000', env)).toMatchObject({
    port: 6000,
    logLevel: 'warn',
    maxPayloadBytes: 1024,
  });
});

test.each<[string, Env, Partial<Config>]>([
  ['--port 0 --memory', {}, { port: 0, data: { kind: 'memory' } }],
  ['--memory', { SESHDECK_DATA: 'kept' }, { data: { kind: 'memory' } }],
  ['--data=here', {}, { data: { kind: 'disk', path: 'here', durability: 'commit' } }],
  [
    '--durability relaxed',
    { SESHDECK_DATA: 'kept', SESHDECK_DURABILITY: 'commit' },
    { data: { kind: 'disk', path: 'kept', durability: 'relaxed' } },
  ],
  ['--port=65535', {}, { port: 65_535 }],
  ['--max-payload 64', {}, { maxPayloadBytes: 64 }],
  ['--max-payload=2097152', {}, { maxPayloadBytes: 2_097_152 }],
  ['--loadName=nightly', {}, { load: { name: 'nightly', path: './data' } } as object],
  [
    '--loadName my-set_2.0 --loadPath=old',
    {},
    { load: { name: 'my-set_2.0', path: 'old' } } as object,
  ],
  ['--config full.json --loadName a', {}, { load: { name: 'a', path: 'saves' } } as object],
  [
    '',
    { SESHDECK_LOAD_NAME: 'a', SESHDECK_LOAD_PATH: 'b' },
    { load: { name: 'a', path: 'b' } } as object,
  ],
  [
    '',
    { SESHDECK_PERSIST_ENABLED: 'true', SESHDECK_PERSIST_PATH: 'saves' },
    { persist: { enabled: true, path: 'saves' } },
  ],
  ['', { SESHDECK_PERSIST_PATH: 'gone' }, { persist: { enabled: false, path: 'gone' } }],
  ['', { SESHDECK_MAX_PAYLOAD: '128' }, { maxPayloadBytes: 128 }],
  ['', { SESHDECK_IP: '127.0.0.9' }, { ip: '127.0.0.9' }],
  ['--allow-host a --allow-host=b:80', {}, { allowHosts: ['a', 'b:80'] }],
  ['', { SESHDECK_ALLOW_HOST: 'a, b:80' }, { allowHosts: ['a', 'b:80'] }],
  [
    '--allow-origin https://a.example',
    { SESHDECK_ALLOW_ORIGIN: 'https://b.example' },
    { allowOrigins: ['https://a.example'] },
  ],
  ['--allow-origin chrome-extension://abcdef', {}, { allowOrigins: ['chrome-extension://abcdef'] }],
  ['--max-sessions=1', {}, { limits: { maxSessions: 1 } } as object],
  ['', { SESHDECK_MAX_KEYS: '5' }, { limits: { maxKeys: 5 } } as object],
  [
    `--max-memory ${Number.MAX_SAFE_INTEGER}`,
    {},
    { limits: { maxMemoryBytes: Number.MAX_SAFE_INTEGER } } as object,
  ],
  [
    '',
    { SESHDECK_DISABLE_COMMAND: 'SH_SAVE, SH_LOAD' },
    { disabledCommands: ['SH_SAVE', 'SH_LOAD'] },
  ],
  ['--read-only', {}, { isReadOnly: true }],
  ['', { SESHDECK_READ_ONLY: 'true' }, { isReadOnly: true }],
  ['', { SESHDECK_READ_ONLY: 'false' }, { isReadOnly: false }],
  ['--open', {}, { opensBrowser: true }],
  ['--no-inspect --ip 0.0.0.0', {}, { inspection: { kind: 'off' }, ip: '0.0.0.0' }],
  ['', { SESHDECK_NO_INSPECT: 'true' }, { inspection: { kind: 'off' } }],
  ['--metrics-listen 0.0.0.0:0', {}, { metricsListen: { ip: '0.0.0.0', port: 0 } }],
  ['', { SESHDECK_METRICS_LISTEN: '::1:9100' }, { metricsListen: { ip: '::1', port: 9100 } }],
  [
    '--no-inspect --trust-proxy 192.0.2.1 --trust-proxy 2001:db8::/32',
    {},
    {
      trustedProxies: [
        { address: '192.0.2.1', bits: 32 },
        { address: '2001:db8::', bits: 32 },
      ],
    },
  ],
  ['--ip 0.0.0.0 --inspect-key-file key.txt', {}, { inspection: { kind: 'key', key } }],
])('"%s" with %j is understood', (args, env, expected) => {
  expect(settings(args, env)).toMatchObject(expected);
});

test('help and version are commands', () => {
  expect([settings('--help'), settings('-h'), settings('--version')]).toEqual([
    'help',
    'help',
    'version',
  ]);
});

test.each([
  ['check data', { name: 'check', directory: 'data' }],
  ['repair data new', { name: 'repair', directory: 'data', newDirectory: 'new' }],
  ['backup data file', { name: 'backup', directory: 'data', file: 'file' }],
  [
    'backup http://host:1 file',
    { name: 'download', url: 'http://host:1', file: 'file', key: undefined },
  ],
  ['restore file new', { name: 'restore', file: 'file', newDirectory: 'new' }],
])('"%s" is a tool', (args, tool) => {
  expect(read(args)).toEqual({ ok: true, value: { kind: 'tool', tool } });
});

test('a wrong number in the file is refused, though a flag would beat it', () => {
  const text = '{"version":1,"kv":{"ip":"127.0.0.1","port":70000,"maxPayload":64}}';
  const command = read('--config=bad.json --port=0', { more: { 'bad.json': text } });
  expect(command).toEqual({ ok: false, refusal: expect.stringContaining('kv.port') });
});

test('the help names every option', () => {
  const named = [...helpText().matchAll(/--[A-Za-z-]+/g)].map(([name]) => name);
  const flags = settingRows.flatMap(([, { flag }]) => (flag === undefined ? [] : `--${flag}`));
  for (const flag of flags) expect(named).toContain(flag);
});

test('the help names every variable, and every default in the same form', () => {
  const named = helpText().match(/SESHDECK_[A-Z_]+/g) ?? [];
  const variables = settingRows.flatMap(([, { env }]) => env ?? []);
  expect(named).toEqual(expect.arrayContaining(variables));
  for (const [, { flag, help, default: value }] of settingRows) {
    if (!help || (typeof value !== 'string' && typeof value !== 'number')) continue;
    expect(helpText()).toMatch(new RegExp(`--${flag} .*\\(default: ${value}\\)`));
  }
});

describe('one line says what is wrong', () => {
  test.each<[string, Env, string]>([
    ['--port 65536', {}, '--port (kv.port) must be a whole number from 0 to 65535, got "65536"'],
    ['--port -1', {}, "Option '--port' argument is ambiguous."],
    ['--port=80a', {}, '--port (kv.port) must be a whole number from 0 to 65535, got "80a"'],
    ['--port', {}, "Option '--port <value>' argument missing"],
    ['', { SESHDECK_PORT: '' }, '--port (kv.port) must be a whole number from 0 to 65535, got ""'],
    [
      '--max-payload 63',
      {},
      '--max-payload (kv.maxPayload) must be a whole number from 64 to 2097152, got "63"',
    ],
    ['--max-payload 2097153', {}, 'from 64 to 2097152, got "2097153"'],
    ['--ip 999.1.1.1', {}, '--ip (kv.ip) must be an IP address, got "999.1.1.1"'],
    ['--ip 0.0.0.0', {}, 'give --inspect-key-file FILE, --inspect-keys FILE, or --no-inspect'],
    ['--ip 192.168.1.5', {}, '192.168.1.5 can be reached from elsewhere'],
    [
      '--metrics-listen 9100',
      {},
      '--metrics-listen must be like 127.0.0.1:9100 or [::1]:9100, got',
    ],
    ['--metrics-listen localhost:9100', {}, 'got "localhost:9100"'],
    ['--metrics-listen 127.0.0.1:65536', {}, 'got "127.0.0.1:65536"'],
    ['--tls-cert first.cert.pem', {}, '--tls-cert and --tls-key need each other'],
    ['--tls-key first.key.pem', {}, '--tls-cert and --tls-key need each other'],
    ['--tls-cert gone.pem --tls-key first.key.pem', {}, 'gone.pem cannot be read: ENOENT: no such'],
    ['--tls-cert key.txt --tls-key first.key.pem', {}, 'key.txt has no certificate in PEM'],
    ['--tls-cert first.cert.pem --tls-key key.txt', {}, 'key.txt has no private key in PEM'],
    [
      '--tls-cert first.cert.pem --tls-key second.key.pem',
      {},
      'second.key.pem is not the key for first.cert.pem',
    ],
    ['--trust-proxy 10.0.0.0/8', {}, 'A server behind a proxy can be reached from elsewhere'],
    ['--no-inspect --trust-proxy true', {}, 'or a network like 10.0.0.0/8, got "true"'],
    ['--no-inspect --trust-proxy 10.0.0.0/33', {}, 'got "10.0.0.0/33"'],
    ['--no-inspect --trust-proxy proxy.example', {}, 'got "proxy.example"'],
    [
      '--max-sessions 0',
      {},
      '--max-sessions must be a whole number from 1 to 9007199254740991, got "0"',
    ],
    ['--max-keys 1e3', {}, '--max-keys must be a whole number'],
    ['--max-memory 9007199254740992', {}, '--max-memory must be a whole number'],
    ['', { SESHDECK_MAX_SAVES: '-1' }, '--max-saves must be a whole number'],
    [
      '--disable-command sh_save',
      {},
      'must be the name of a command, such as SH_SAVE, got "sh_save"',
    ],
    ['--log-format yaml', {}, '--log-format must be one of auto, text, json, got "yaml"'],
    ['--log-level loud', {}, '--log-level must be one of silent, error, warn, info, debug'],
    ['--allow-origin *', {}, '--allow-origin must be like https://example.com, got "*"'],
    ['--allow-host *', {}, '--allow-host must be a host name'],
    ['--inspect-key-file empty.txt', {}, 'The key in empty.txt must have at least 16 characters'],
    ['--inspect-key-file gone.txt', {}, 'gone.txt cannot be read: ENOENT: no such file'],
    ['--inspect-key-file key.txt --no-inspect', {}, 'exclude each other'],
    ['', { SESHDECK_NO_INSPECT: 'yes' }, 'SESHDECK_NO_INSPECT must be true or false, got "yes"'],
    ['--loadName=', {}, '--loadName must be 1 to 128 letters'],
    ['--loadName ../up', {}, 'got "../up"'],
    ['--loadName .hidden', {}, 'got ".hidden"'],
    ['--loadName ä', {}, '--loadName must be 1 to 128 letters'],
    ['--loadName', {}, "Option '--loadName <value>' argument missing"],
    ['--loadPath=old', {}, 'so it needs --loadName'],
    ['--loadPath= --loadName=a', {}, '--loadPath must not be empty'],
    ['', { SESHDECK_LOAD_NAME: 'a/b' }, '--loadName must be'],
    [
      '',
      { SESHDECK_PERSIST_ENABLED: '1' },
      '(SESHDECK_PERSIST_ENABLED) must be true or false, got "1"',
    ],
    ['', { SESHDECK_PERSIST_ENABLED: 'true' }, 'got "./data": ENOENT: no such file or directory'],
    ['', { SESHDECK_PERSIST_PATH: '' }, 'persist.path must not be empty'],
    ['--config gone.json', {}, 'gone.json cannot be read: ENOENT: no such file'],
    ['', { SESHDECK_CONFIG: '' }, '--config must not be empty'],
    ['--inspect-key-file=', {}, '--inspect-key-file must not be empty'],
    ['--frob', {}, "Unknown option '--frob'"],
    ['serve', {}, "Unexpected argument 'serve'"],
    ['--memory --data here', {}, '--memory and --data exclude each other'],
    ['--memory --durability commit', {}, '--memory and --durability exclude each other'],
    ['--data=', {}, '--data (data.path) must not be empty'],
    ['--durability=fast', {}, 'must be commit or relaxed, got "fast"'],
    ['', { SESHDECK_DURABILITY: '' }, '--durability (data.durability) must be commit or relaxed'],
    ['--memory=yes', {}, "Option '--memory' does not take an argument"],
  ])('"%s" with %j: %s', (args, env, line) => {
    const said = settings(args, env);
    expect(said).toEqual(expect.stringContaining(line));
    expect(said).not.toMatch(/\n/);
  });

  const kv = '"kv":{"ip":"127.0.0.1","port":1,"maxPayload":64}';
  test.each([
    ['', 'line 1: value expected'],
    ['{"version":1,\n"kv":}', 'line 2: value expected'],
    [`{"version":1,${kv},}`, 'property name expected'],
    [`{"version":1,${kv}} x`, 'line 1: '],
    ['[]', 'the file must be an object'],
    [`{${kv}}`, 'version is missing, an unsigned integer is expected'],
    [`{"version":2,${kv}}`, 'version must be 1'],
    ['{"version":1}', 'kv must be an object'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":1}}', 'kv.maxPayload is missing'],
    ['{"version":1,"kv":{"ip":5,"port":1,"maxPayload":64}}', 'kv.ip must be a string'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":"1","maxPayload":64}}', 'kv.port must be'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":1.5,"maxPayload":64}}', 'kv.port must be'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":1,"maxPayload":63}}', 'from 64 to 2097152'],
    ['{"version":1,"kv":[]}', 'kv must be an object'],
    ['{"version":"1"}', 'version must be an unsigned integer'],
    ['{"version":1,"kv":{"port":1,"maxPayload":64}}', 'kv.ip is missing, a string is expected'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","maxPayload":64}}', 'kv.port is missing'],
    ['{"version":1,"kv":{"ip":"::1","port":1,"maxPayload":64}}', 'kv.ip must be an IPv4 address'],
    ['{"version":1,"kv":{"ip":"1.2.3","port":1,"maxPayload":64}}', 'IPv4 address, got "1.2.3"'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":65536,"maxPayload":64}}', 'from 0 to 65535'],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":-1,"maxPayload":64}}', 'kv.port must be an'],
    [
      '{"version":1,"kv":{"ip":"127.0.0.1","port":1,"maxPayload":"64"}}',
      'kv.maxPayload must be an',
    ],
    ['{"version":1,"kv":{"ip":"127.0.0.1","port":1,"maxPayload":2097153}}', 'got 2097153'],
    [`{"version":1,${kv},"data":{"durability":"never"}}`, 'must be commit or relaxed, got "never"'],
    [`{"version":1,${kv},"data":{"path":5}}`, 'data.path must be a string'],
    [`{"version":1,${kv},"data":{"dir":"."}}`, 'unknown member data.dir'],
    [`{"version":1,${kv},"persist":true}`, 'persist must be an object'],
    [`{"version":1,${kv},"persist":{"enabled":1,"path":"."}}`, 'persist.enabled must be true or'],
    [`{"version":1,${kv},"persist":{"enabled":false,"path":5}}`, 'persist.path must be a string'],
    [`{"version":1,${kv},"persist":{"enabled":false,"path":""}}`, 'persist.path must not be empty'],
    [`{"version":1,${kv},"persist":{"enabled":true,"path":"gone"}}`, 'existing directory that can'],
    [`{"version":1,${kv},"persist":{"enabled":true,"path":".","x":1}}`, 'unknown member persist.x'],
    [`{"version":1,${kv},"persist":{"path":"."}}`, 'persist.enabled is missing'],
    [`{"version":1,${kv},"persist":{"enabled":false}}`, 'persist.path is missing'],
    [`{"version":1,${kv},"maxPayLoad":5}`, 'unknown member maxPayLoad'],
    [`{"version":1,${kv},"console":{"allowHosts":["a/b"]}}`, 'console.allowHosts must be a host'],
    [`{"version":1,${kv},"console":{"allowHosts":[5]}}`, 'console.allowHosts must be a list'],
    [`{"version":1,${kv},"limits":{"maxSessions":0}}`, 'limits.maxSessions must be a whole number'],
    [`{"version":1,${kv},"limits":{"maxKeys":"5"}}`, 'limits.maxKeys must be an unsigned integer'],
    [`{"version":1,${kv},"limits":{"maxSession":5}}`, 'unknown member limits.maxSession'],
    [`{"version":1,${kv},"console":{"inspect":"no"}}`, 'console.inspect must be true or false'],
  ])('a file with %s', (text, line) => {
    const said = read('--config bad.json', { more: { 'bad.json': text } });
    expect(said).toEqual({ ok: false, refusal: expect.stringContaining(line) });
    expect(said).toEqual({ ok: false, refusal: expect.not.stringContaining('\n') });
  });
});
