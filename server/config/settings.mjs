// The one table of settings: command line, environment, file, errors and help all read it.
import {
  host,
  ipAddress,
  ipv4,
  largestPort,
  listenAddress,
  network,
  origin,
} from './addresses.mjs';
import { logFormats, logLevels } from './logLevels.mjs';
import {
  commandName,
  dataSetName,
  durability,
  logFormat,
  logLevel,
  notEmpty,
  trueOrFalse,
  wholeNumber,
} from './settingParsers.mjs';

/**
 * @import { Setting, SettingName, SettingValues } from './configTypes.ts'
 */

/** What the numbers may be (`docs/protocol.md` §10), both ends included. */
const portRange = { from: 0, to: largestPort };
const payloadRange = { from: 64, to: 2_097_152 };
const counts = { from: 1, to: Number.MAX_SAFE_INTEGER };

/** In the order of the help. @type {{ readonly [N in SettingName]: Setting<SettingValues[N]> }} */
const settings = {
  config: {
    flag: 'config',
    env: 'SESHDECK_CONFIG',
    name: '--config',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'settings from a JSON file with comments'],
  },
  ip: {
    flag: 'ip',
    env: 'SESHDECK_IP',
    file: { path: 'kv.ip', type: 'string', parse: ipv4 },
    name: '--ip (kv.ip)',
    parse: ipAddress,
    default: '127.0.0.1',
    help: ['ADDRESS', 'address to bind'],
  },
  port: {
    flag: 'port',
    env: 'SESHDECK_PORT',
    file: { path: 'kv.port', type: 'unsigned' },
    name: '--port (kv.port)',
    parse: wholeNumber(portRange),
    default: 1987,
    help: ['N', 'port, 0 for any free one'],
  },
  maxPayload: {
    flag: 'max-payload',
    env: 'SESHDECK_MAX_PAYLOAD',
    file: { path: 'kv.maxPayload', type: 'unsigned' },
    name: '--max-payload (kv.maxPayload)',
    parse: wholeNumber(payloadRange),
    default: payloadRange.to,
    help: ['BYTES', `largest message, ${payloadRange.from} to ${payloadRange.to}`],
  },
  readOnly: {
    flag: 'read-only',
    env: 'SESHDECK_READ_ONLY',
    file: { path: 'data.readOnly', type: 'boolean' },
    name: '--read-only',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
    help: ['', 'answer commands that change data with status 902'],
  },
  memory: onlyFlag('memory', 'keep data in memory only: it is lost when the server stops'),
  data: {
    flag: 'data',
    env: 'SESHDECK_DATA',
    file: { path: 'data.path', type: 'string' },
    name: '--data (data.path)',
    parse: notEmpty,
    default: './data',
    help: ['DIR', 'keep data in this directory'],
  },
  durability: {
    flag: 'durability',
    env: 'SESHDECK_DURABILITY',
    file: { path: 'data.durability', type: 'string' },
    name: '--durability (data.durability)',
    parse: durability,
    default: 'commit',
    help: ['MODE', 'commit: replies wait for the disk; relaxed: a crash may lose 1 s'],
  },
  allowOrigin: {
    flag: 'allow-origin',
    env: 'SESHDECK_ALLOW_ORIGIN',
    file: { path: 'console.allowOrigins', type: 'strings' },
    name: '--allow-origin',
    parse: origin,
    takes: 'list',
    default: [],
    help: ['ORIGIN', 'allow pages from this origin to connect; repeatable'],
  },
  allowHost: {
    flag: 'allow-host',
    env: 'SESHDECK_ALLOW_HOST',
    file: { path: 'console.allowHosts', type: 'strings' },
    name: '--allow-host',
    parse: host,
    takes: 'list',
    default: [],
    help: ['HOST', 'answer requests for this host name; repeatable'],
  },
  inspectKeyFile: {
    flag: 'inspect-key-file',
    env: 'SESHDECK_INSPECT_KEY_FILE',
    file: { path: 'console.inspectKeyFile', type: 'string' },
    name: '--inspect-key-file',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'require the key in this file to inspect sessions'],
  },
  noInspect: {
    flag: 'no-inspect',
    env: 'SESHDECK_NO_INSPECT',
    file: { path: 'console.inspect', type: 'boolean', isOpposite: true },
    name: 'SESHDECK_NO_INSPECT',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
    help: ['', 'disable the inspector'],
  },
  tlsCert: {
    flag: 'tls-cert',
    env: 'SESHDECK_TLS_CERT',
    file: { path: 'console.tlsCert', type: 'string' },
    name: '--tls-cert',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'serve https and wss with this certificate and its chain (PEM)'],
  },
  tlsKey: {
    flag: 'tls-key',
    env: 'SESHDECK_TLS_KEY',
    file: { path: 'console.tlsKey', type: 'string' },
    name: '--tls-key',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'private key of the certificate (PEM)'],
  },
  trustProxy: {
    flag: 'trust-proxy',
    env: 'SESHDECK_TRUST_PROXY',
    file: { path: 'console.trustProxies', type: 'strings' },
    name: '--trust-proxy',
    parse: network,
    takes: 'list',
    default: [],
    help: ['NETWORK', 'trust X-Forwarded headers from this proxy; repeatable'],
  },
  metricsListen: {
    flag: 'metrics-listen',
    env: 'SESHDECK_METRICS_LISTEN',
    file: { path: 'console.metricsListen', type: 'string' },
    name: '--metrics-listen',
    parse: listenAddress,
    default: undefined,
    help: ['IP:PORT', 'serve health here as well, and /metrics only here'],
  },
  logLevel: {
    flag: 'log-level',
    env: 'SESHDECK_LOG_LEVEL',
    file: { path: 'console.logLevel', type: 'string' },
    name: '--log-level',
    parse: logLevel,
    default: 'info',
    help: ['LEVEL', logLevels.join(', ')],
  },
  logFormat: {
    flag: 'log-format',
    env: 'SESHDECK_LOG_FORMAT',
    file: { path: 'console.logFormat', type: 'string' },
    name: '--log-format',
    parse: logFormat,
    default: 'auto',
    help: ['FORMAT', `${logFormats.join(', ')}; auto: text on a terminal`],
  },
  persistEnabled: {
    env: 'SESHDECK_PERSIST_ENABLED',
    file: { path: 'persist.enabled', type: 'boolean' },
    name: 'persist.enabled (SESHDECK_PERSIST_ENABLED)',
    parse: trueOrFalse,
    default: false,
  },
  persistPath: {
    env: 'SESHDECK_PERSIST_PATH',
    file: { path: 'persist.path', type: 'string' },
    name: 'persist.path',
    parse: notEmpty,
    default: './data',
  },
  loadName: {
    flag: 'loadName',
    env: 'SESHDECK_LOAD_NAME',
    name: '--loadName',
    parse: dataSetName,
    default: undefined,
    help: ['NAME', 'load this data set before listening'],
  },
  loadPath: {
    flag: 'loadPath',
    env: 'SESHDECK_LOAD_PATH',
    name: '--loadPath',
    parse: notEmpty,
    default: undefined,
    help: ['DIR', 'load it from here (default: where SH_SAVE writes, ./data)'],
  },
  maxSessions: limit('max-sessions', undefined, 'most sessions (default: what fits in memory)'),
  maxKeys: limit('max-keys', undefined, 'most keys of all sessions (default: what fits in memory)'),
  maxMemory: limit('max-memory', undefined, 'most bytes of all data (default: 75 % of the heap)'),
  maxConnections: limit('max-connections', 1536, 'most WebSockets'),
  maxConnectionsPerAddress: limit(
    'max-connections-per-address',
    1024,
    'most WebSockets from one address',
  ),
  maxSaves: limit('max-saves', 1000, 'most saves of SH_SAVE, of all names'),
  maxSaveBytes: limit('max-save-bytes', 10_737_418_240, 'most bytes of all saves'),
  snapshotBytes: limit(
    'snapshot-bytes',
    67_108_864,
    'bytes of changes on disk that a snapshot replaces, at the least',
  ),
  history: {
    ...limit('history', undefined, 'most bytes of past changes, 0: none (default: 64 MiB)'),
    parse: wholeNumber({ from: 0, to: counts.to }),
  },
  disableCommand: {
    flag: 'disable-command',
    env: 'SESHDECK_DISABLE_COMMAND',
    file: { path: 'limits.disabledCommands', type: 'strings' },
    name: '--disable-command',
    parse: commandName,
    takes: 'list',
    default: [],
    help: ['NAME', 'answer this command with status 14; repeatable'],
  },
  open: onlyFlag('open', 'open the console in the default browser'),
  help: {
    flag: 'help',
    short: 'h',
    name: '--help',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
  },
  version: onlyFlag('version'),
};

/** All rows with their names. */
export const settingRows = /** @type {[SettingName, Setting<unknown>][]} */ (
  Object.entries(settings)
);

/**
 * A switch that neither the environment nor the file has.
 * @param {string} flag
 * @param {string} [line] Of the help. Absent: there it is only named.
 * @returns {Setting<boolean>}
 */
function onlyFlag(flag, line) {
  const rule = { flag, name: `--${flag}`, parse: trueOrFalse, default: false };
  return { ...rule, takes: 'nothing', ...(line && { help: ['', line] }) };
}

/**
 * A limit that can be set. Its variable and its member of the file are named like its flag.
 * @template {number | undefined} D
 * @param {string} flag
 * @param {D} otherwise The default.
 * @param {string} line Of the help.
 * @returns {Setting<number | D>}
 */
function limit(flag, otherwise, line) {
  const member = flag.replaceAll(/-(.)/g, (_dash, letter) => letter.toUpperCase());
  return {
    flag,
    env: `SESHDECK_${flag.toUpperCase().replaceAll('-', '_')}`,
    file: { path: `limits.${member}`, type: 'unsigned' },
    name: `--${flag}`,
    parse: wholeNumber(counts),
    default: otherwise,
    help: ['N', line],
  };
}
