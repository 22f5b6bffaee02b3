// Settings of a store on other machines. Plain JavaScript, as readConfig.mjs.
import { largestPort } from './addresses.mjs';
import { notEmpty, oneOf, wholeNumber } from './settingParsers.mjs';

/** @import { Config, ParseSetting, SettingTexts, SettingValues } from './configTypes.ts' */

const defaultPort = 6379;

/** Rows of the table of settings. */
export const storeSettings = {
  store: {
    flag: 'store',
    env: 'SESHDECK_STORE',
    file: { path: /** @type {const} */ ('data.store'), type: /** @type {const} */ ('string') },
    name: '--store (data.store)',
    parse: storeUrl,
    default: undefined,
    help: /** @type {const} */ (['URL', 'keep data in Redis: redis://HOST:PORT,… or rediss://…']),
  },
  storeCluster: {
    flag: 'store-cluster',
    env: 'SESHDECK_STORE_CLUSTER',
    file: {
      path: /** @type {const} */ ('data.storeCluster'),
      type: /** @type {const} */ ('string'),
    },
    name: '--store-cluster (data.storeCluster)',
    parse: oneOf('auto', 'on', 'off'),
    default: /** @type {const} */ ('auto'),
    help: /** @type {const} */ (['MODE', 'on: the nodes are a cluster; auto: ask them']),
  },
  storeUser: {
    env: 'SESHDECK_STORE_USER',
    file: { path: /** @type {const} */ ('data.storeUser'), type: /** @type {const} */ ('string') },
    name: 'SESHDECK_STORE_USER (data.storeUser)',
    parse: notEmpty,
    default: undefined,
  },
  // Not on the command line, which everybody on the machine can read.
  storePassword: {
    env: 'SESHDECK_STORE_PASSWORD',
    name: 'SESHDECK_STORE_PASSWORD',
    parse: notEmpty,
    default: undefined,
  },
  storePasswordFile: {
    flag: 'store-password-file',
    env: 'SESHDECK_STORE_PASSWORD_FILE',
    file: {
      path: /** @type {const} */ ('data.storePasswordFile'),
      type: /** @type {const} */ ('string'),
    },
    name: '--store-password-file',
    parse: notEmpty,
    default: undefined,
    help: /** @type {const} */ (['FILE', 'password for Redis, in this file']),
  },
  storeWait: {
    flag: 'store-wait',
    env: 'SESHDECK_STORE_WAIT',
    file: {
      path: /** @type {const} */ ('data.storeWaitMs'),
      type: /** @type {const} */ ('unsigned'),
    },
    name: '--store-wait (data.storeWaitMs)',
    parse: wholeNumber({ from: 50, to: 60_000 }),
    default: 3000,
    help: /** @type {const} */ (['MS', 'longest wait for a node of Redis, then status 901']),
  },
  clusterAck: {
    flag: 'cluster-ack',
    env: 'SESHDECK_CLUSTER_ACK',
    file: { path: /** @type {const} */ ('data.clusterAck'), type: /** @type {const} */ ('string') },
    name: '--cluster-ack (data.clusterAck)',
    parse: oneOf('replica', 'strict', 'master'),
    default: /** @type {const} */ ('replica'),
    help: /** @type {const} */ (['WHO', 'has a change before its reply: replica, strict, master']),
  },
  serverName: {
    flag: 'server-name',
    env: 'SESHDECK_SERVER_NAME',
    file: { path: /** @type {const} */ ('data.serverName'), type: /** @type {const} */ ('string') },
    name: '--server-name (data.serverName)',
    parse: serverName,
    default: undefined,
    help: /** @type {const} */ (['NAME', 'of this server among several (default: host:port)']),
  },
};

/** Beside other words in a message. @type {ParseSetting<string>} */
function serverName(text, name, shown) {
  if (/^[\w.:-]{1,64}$/.test(text)) return text;
  throw new Error(`${name} must be 1 to 64 letters, digits or any of . : - _, got ${shown}`);
}

/** @type {ParseSetting<{ isTls: boolean, nodes: { host: string, port: number }[] }>} */
function storeUrl(text, name, shown) {
  const rule = `${name} must be like redis://HOST:PORT or rediss://HOST:PORT,HOST:PORT`;
  if (text.includes('@')) {
    throw new Error(
      `${rule}; a user and password belong into SESHDECK_STORE_USER and --store-password-file`,
    );
  }
  const [, scheme, list = ''] = /^(rediss?):\/\/([^/?#]+)\/?$/i.exec(text) ?? [];
  const nodes = list.split(',').map((node) => nodeOf(node));
  if (scheme === undefined || nodes.includes(undefined)) throw new Error(`${rule}, got ${shown}`);
  return {
    isTls: scheme.toLowerCase() === 'rediss',
    nodes: nodes.filter((node) => node !== undefined),
  };
}

/** @param {string} text */
function nodeOf(text) {
  const [, ipv6, name, port] =
    /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = ipv6 ?? name;
  const number = Number(port ?? defaultPort);
  return host !== undefined && number > 0 && number <= largestPort
    ? { host, port: number }
    : undefined;
}

/**
 * Only flags exclude each other: a variable may be there for another way to start.
 * @param {SettingTexts} flags
 */
export function checkPlaces({ memory, data, durability, store }) {
  const isMemory = memory === 'true';
  if (isMemory && data !== undefined) throw new Error('--memory and --data exclude each other');
  if (isMemory && durability !== undefined)
    throw new Error('--memory and --durability exclude each other');
  if (store === undefined) return;
  if (isMemory) throw new Error('--store and --memory exclude each other');
  if (data !== undefined) throw new Error('--store and --data exclude each other');
  if (durability !== undefined) throw new Error('--store and --durability exclude each other');
}

/**
 * Where sessions are kept.
 * @param {SettingValues} values
 * @param {(path: string) => string} read
 * @returns {Config['data']}
 */
export function dataOf(values, read) {
  const { memory, data: path, durability, store } = values;
  if (memory) return { kind: 'memory' };
  if (store === undefined) return { kind: 'disk', path, durability };
  checkLimits(values);
  return {
    kind: 'redis',
    ...store,
    cluster: values.storeCluster,
    username: values.storeUser,
    password: passwordOf(values, read),
    waitMs: values.storeWait,
    ack: values.clusterAck,
    serverName: values.serverName,
  };
}

/** @param {SettingValues} values */
function checkLimits({ maxSessions, maxKeys, maxMemory }) {
  const given = { '--max-sessions': maxSessions, '--max-keys': maxKeys, '--max-memory': maxMemory };
  const [flag] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  throw new Error(`${flag} is no limit of Redis: set maxmemory there, or leave --store out`);
}

/**
 * @param {SettingValues} values
 * @param {(path: string) => string} read
 */
function passwordOf({ storePassword, storePasswordFile: file }, read) {
  if (file === undefined) return storePassword;
  if (storePassword !== undefined) {
    throw new Error('--store-password-file and SESHDECK_STORE_PASSWORD exclude each other');
  }
  const password = read(file).trim();
  if (password === '') throw new Error(`There is no password in ${file}`);
  return password;
}
