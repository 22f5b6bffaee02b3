// The one table of settings: command line, environment, file, errors and help all read it.
import { dataSetNamePattern, dataSetNameRule } from '../../protocol/dataSetNameRule.mjs';
import {
  host,
  ipAddress,
  ipv4,
  largestPort,
  listenAddress,
  network,
  origin,
} from './addresses.mjs';
import { logLevels } from './logLevels.mjs';

/**
 * @import { DataSetName } from '../../protocol/dataSetName.ts'
 * @import { LogLevel, ParseSetting, Setting, SettingName, SettingValues } from './configTypes.ts'
 */

/** What the numbers may be (`docs/protocol.md` §10), both ends included. */
const portRange = { from: 0, to: largestPort };
const payloadRange = { from: 64, to: 2_097_152 };

/** In the order of the help. @type {{ readonly [N in SettingName]: Setting<SettingValues[N]> }} */
const settings = {
  config: {
    flag: 'config',
    env: 'SESHDECK_CONFIG',
    name: '--config',
    parse: anyText,
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
  memory: {
    flag: 'memory',
    name: '--memory',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
    help: ['', 'keep data in memory only: nothing survives a stop'],
  },
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
    help: ['MODE', 'commit: replies wait for the disk; relaxed: up to 1 s may be lost'],
  },
  allowOrigin: {
    flag: 'allow-origin',
    env: 'SESHDECK_ALLOW_ORIGIN',
    file: { path: 'console.allowOrigins', type: 'strings' },
    name: '--allow-origin',
    parse: origin,
    takes: 'list',
    default: [],
    help: ['ORIGIN', 'a page of this origin may connect; may be repeated'],
  },
  allowHost: {
    flag: 'allow-host',
    env: 'SESHDECK_ALLOW_HOST',
    file: { path: 'console.allowHosts', type: 'strings' },
    name: '--allow-host',
    parse: host,
    takes: 'list',
    default: [],
    help: ['HOST', 'requests for this host name are answered; may be repeated'],
  },
  inspectKeyFile: {
    flag: 'inspect-key-file',
    env: 'SESHDECK_INSPECT_KEY_FILE',
    file: { path: 'console.inspectKeyFile', type: 'string' },
    name: '--inspect-key-file',
    parse: anyText,
    default: undefined,
    help: ['FILE', 'inspecting sessions needs the key in this file'],
  },
  noInspect: {
    flag: 'no-inspect',
    env: 'SESHDECK_NO_INSPECT',
    file: { path: 'console.inspect', type: 'boolean', isOpposite: true },
    name: 'SESHDECK_NO_INSPECT',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
    help: ['', 'no inspection at all'],
  },
  tlsCert: {
    flag: 'tls-cert',
    env: 'SESHDECK_TLS_CERT',
    file: { path: 'console.tlsCert', type: 'string' },
    name: '--tls-cert',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'https and wss with this certificate and its chain (PEM)'],
  },
  tlsKey: {
    flag: 'tls-key',
    env: 'SESHDECK_TLS_KEY',
    file: { path: 'console.tlsKey', type: 'string' },
    name: '--tls-key',
    parse: notEmpty,
    default: undefined,
    help: ['FILE', 'the key for the certificate (PEM)'],
  },
  trustProxy: {
    flag: 'trust-proxy',
    env: 'SESHDECK_TRUST_PROXY',
    file: { path: 'console.trustProxies', type: 'strings' },
    name: '--trust-proxy',
    parse: network,
    takes: 'list',
    default: [],
    help: ['NETWORK', 'X-Forwarded headers of this proxy are believed; may be repeated'],
  },
  metricsListen: {
    flag: 'metrics-listen',
    env: 'SESHDECK_METRICS_LISTEN',
    file: { path: 'console.metricsListen', type: 'string' },
    name: '--metrics-listen',
    parse: listenAddress,
    default: undefined,
    help: ['IP:PORT', '/metrics and health on this port too; /metrics only there'],
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
    help: ['DIR', 'look for it here and not where SH_SAVE writes (./data)'],
  },
  help: {
    flag: 'help',
    short: 'h',
    name: '--help',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
  },
  version: {
    flag: 'version',
    name: '--version',
    parse: trueOrFalse,
    takes: 'nothing',
    default: false,
  },
};

/** All rows with their names. */
export const settingRows = /** @type {[SettingName, Setting<unknown>][]} */ (
  Object.entries(settings)
);

/** @param {string} text */
function anyText(text) {
  return text;
}

/** @type {ParseSetting<string>} */
function notEmpty(text, name) {
  if (text === '') throw new Error(`${name} must not be empty`);
  return text;
}

/** @type {ParseSetting<boolean>} */
function trueOrFalse(text, name, shown) {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`${name} must be true or false, got ${shown}`);
}

/**
 * @param {{ from: number, to: number }} range
 * @returns {ParseSetting<number>}
 */
function wholeNumber({ from, to }) {
  return (text, name, shown) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    throw new Error(`${name} must be a whole number from ${from} to ${to}, got ${shown}`);
  };
}

/** @type {ParseSetting<LogLevel>} */
function logLevel(text, name, shown) {
  const level = logLevels.find((each) => each === text);
  if (level) return level;
  throw new Error(`${name} must be one of ${logLevels.join(', ')}, got ${shown}`);
}

/** @type {ParseSetting<'commit' | 'relaxed'>} */
function durability(text, name, shown) {
  if (text === 'commit' || text === 'relaxed') return text;
  throw new Error(`${name} must be commit or relaxed, got ${shown}`);
}

/** @type {ParseSetting<DataSetName>} */
function dataSetName(text, name, shown) {
  if (dataSetNamePattern.test(text)) return /** @type {DataSetName} */ (text);
  throw new Error(`${name} must be ${dataSetNameRule}, got ${shown}`);
}
