// Plain JavaScript with types in comments: `npm start` on a fresh clone answers --help and a wrong
// setting with this before anything is installed. Imports nothing that would need that.
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { dataSetNamePattern, dataSetNameRule } from '../../protocol/dataSetNameRule.mjs';
import { readConfigFile } from './configFile.mjs';
import { logLevels, ranges } from './configValues.mjs';

/**
 * @import { DataSetName } from '../../protocol/dataSetName.ts'
 * @import { Result } from '../../protocol/result.ts'
 * @import { CliCommand, Config, ConfigSources, LogLevel, Range, Settings } from './configTypes.ts'
 * @import { InspectionProof } from '../inspection/access.ts'
 */

const options = /** @type {const} */ ({
  config: { type: 'string' },
  ip: { type: 'string' },
  port: { type: 'string' },
  'max-payload': { type: 'string' },
  memory: { type: 'boolean' },
  'allow-origin': { type: 'string', multiple: true },
  'allow-host': { type: 'string', multiple: true },
  'inspect-key-file': { type: 'string' },
  'no-inspect': { type: 'boolean' },
  'log-level': { type: 'string' },
  loadName: { type: 'string' },
  loadPath: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
});

/** Names of all options, without their dashes. */
export const optionNames = Object.keys(options);

export const helpText = `Usage: seshdeck [options]

  --config FILE            settings from a JSON file with comments
  --ip ADDRESS             address to bind (127.0.0.1)
  --port N                 port, 0 for any free one (1987)
  --max-payload BYTES      largest message, 64 to 2097152 (2097152)
  --memory                 keep data in memory only (the default)
  --allow-origin ORIGIN    a page of this origin may connect; may be repeated
  --allow-host HOST        requests for this host name are answered; may be repeated
  --inspect-key-file FILE  inspecting sessions needs the key in this file
  --no-inspect             no inspection at all
  --log-level LEVEL        ${logLevels.join(', ')} (info)
  --loadName NAME          load this data set before listening
  --loadPath DIR           look for it here and not where SH_SAVE writes (./data)
  --help, --version

Each option has an environment variable: SESHDECK_PORT for --port, and so on; lists are
separated by commas. A flag beats the environment, and that beats the file.
SH_SAVE is on where the file says so (persist.enabled, persist.path) or the environment does
(SESHDECK_PERSIST_ENABLED, SESHDECK_PERSIST_PATH).`;

/**
 * Reads the settings: flags before environment before file before defaults.
 * @param {ConfigSources} sources
 * @returns {Result<CliCommand, string>} The refusal is one line that says what is wrong.
 */
export function readConfig(sources) {
  try {
    const { values: flags } = parseArgs({ args: [...sources.args], options, strict: true });
    if (flags.help) return { ok: true, value: { kind: 'help' } };
    if (flags.version) return { ok: true, value: { kind: 'version' } };
    const file = flags.config ?? sources.env['SESHDECK_CONFIG'];
    const settings = {
      ...(file === undefined
        ? {}
        : readConfigFile(file, (path) => readOrExplain(path, sources.readFile))),
      ...settingsOfEnv(sources.env),
      ...settingsOfFlags(flags),
    };
    return { ok: true, value: { kind: 'serve', config: checkSettings(settings, sources) } };
  } catch (error) {
    return { ok: false, refusal: firstLine(error) };
  }
}

/**
 * The option parser adds advice after its first sentence.
 * @param {unknown} error
 */
function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/\n|\. To specify/)[0] ?? '').trim();
}

/** @typedef {ReturnType<typeof parseArgs<{ options: typeof options }>>['values']} Flags */

/** @param {Flags} flags */
function settingsOfFlags(flags) {
  return withoutUndefined({
    ip: flags.ip,
    port: flags.port,
    maxPayload: flags['max-payload'],
    allowOrigin: flags['allow-origin'],
    allowHost: flags['allow-host'],
    inspectKeyFile: flags['inspect-key-file'],
    noInspect: flags['no-inspect'] === undefined ? undefined : 'true',
    logLevel: flags['log-level'],
    loadName: flags.loadName,
    loadPath: flags.loadPath,
  });
}

/** @param {ConfigSources['env']} env */
function settingsOfEnv(env) {
  const list = (/** @type {string | undefined} */ text) =>
    text?.split(',').map((item) => item.trim());
  return withoutUndefined({
    ip: env['SESHDECK_IP'],
    port: env['SESHDECK_PORT'],
    maxPayload: env['SESHDECK_MAX_PAYLOAD'],
    allowOrigin: list(env['SESHDECK_ALLOW_ORIGIN']),
    allowHost: list(env['SESHDECK_ALLOW_HOST']),
    inspectKeyFile: env['SESHDECK_INSPECT_KEY_FILE'],
    noInspect: env['SESHDECK_NO_INSPECT'],
    logLevel: env['SESHDECK_LOG_LEVEL'],
    persistEnabled: env['SESHDECK_PERSIST_ENABLED'],
    persistPath: env['SESHDECK_PERSIST_PATH'],
    loadName: env['SESHDECK_LOAD_NAME'],
    loadPath: env['SESHDECK_LOAD_PATH'],
  });
}

/**
 * @param {{ [K in keyof Settings]: Settings[K] | undefined }} settings
 * @returns {Settings}
 */
function withoutUndefined(settings) {
  const given = Object.entries(settings).filter(([, setting]) => setting !== undefined);
  return Object.fromEntries(given);
}

/**
 * @param {Settings} settings
 * @param {ConfigSources} sources
 * @returns {Config}
 */
function checkSettings(settings, { readFile, tryDirectory }) {
  const ip = settings.ip ?? '127.0.0.1';
  if (isIP(ip) === 0) throw new Error(`--ip (kv.ip) must be an IP address, got "${ip}"`);
  const config = {
    ip,
    port: wholeNumber('--port (kv.port)', settings.port ?? '1987', ranges.port),
    maxPayloadBytes: wholeNumber(
      '--max-payload (kv.maxPayload)',
      settings.maxPayload ?? String(ranges.maxPayload.to),
      ranges.maxPayload,
    ),
    allowOrigins: (settings.allowOrigin ?? []).map(checkOrigin),
    allowHosts: (settings.allowHost ?? []).map(checkHost),
    inspection: inspectionOf(settings, readFile),
    logLevel: logLevelOf(settings.logLevel ?? 'info'),
    persist: persistOf(settings, tryDirectory),
    load: loadOf(settings),
  };
  if (config.inspection.kind === 'ticket' && !isLoopback(ip)) {
    throw new Error(
      `${ip} can be reached from elsewhere: give --inspect-key-file FILE, or --no-inspect`,
    );
  }
  return config;
}

/** @param {string} ip */
function isLoopback(ip) {
  return ip === '::1' || ip.startsWith('127.');
}

/**
 * @param {string} name
 * @param {string} text
 * @param {Range} range
 */
function wholeNumber(name, text, { from, to }) {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new Error(`${name} must be a whole number from ${from} to ${to}, got "${text}"`);
}

/** @param {string} origin */
function checkOrigin(origin) {
  // Extensions and desktop shells have schemes of their own.
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@*]+$/i.test(origin)) return origin;
  throw new Error(`--allow-origin must be like https://example.com, got "${origin}"`);
}

/** @param {string} host */
function checkHost(host) {
  if (/^[^\s/:@]+(?::\d{1,5})?$/.test(host)) return host;
  throw new Error(`--allow-host must be a host name, with or without port, got "${host}"`);
}

/**
 * @param {string} text
 * @returns {LogLevel}
 */
function logLevelOf(text) {
  const level = logLevels.find((each) => each === text);
  if (level) return level;
  throw new Error(`--log-level must be one of ${logLevels.join(', ')}, got "${text}"`);
}

/**
 * @param {string} path
 * @param {ConfigSources['readFile']} readFile
 */
function readOrExplain(path, readFile) {
  try {
    return readFile(path);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${firstLine(error)}`, { cause: error });
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
function isTrue(name, text) {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`${name} must be true or false, got "${text}"`);
}

const defaultPersistPath = './data';

/**
 * @param {Settings} settings
 * @param {ConfigSources['tryDirectory']} tryDirectory
 * @returns {Config['persist']}
 */
function persistOf(
  { persistEnabled = 'false', persistPath: path = defaultPersistPath },
  tryDirectory,
) {
  if (path === '') throw new Error('persist.path must not be empty');
  const enabled = isTrue('persist.enabled (SESHDECK_PERSIST_ENABLED)', persistEnabled);
  try {
    if (enabled) tryDirectory(path);
  } catch (error) {
    const rule = 'persist.path must be an existing directory that can be written to';
    throw new Error(`${rule}, got "${path}": ${firstLine(error)}`, { cause: error });
  }
  return { enabled, path };
}

/**
 * @param {Settings} settings
 * @returns {Config['load']}
 */
function loadOf({ loadName, loadPath, persistPath }) {
  if (loadPath === '') throw new Error('--loadPath must not be empty');
  if (loadName === undefined) {
    if (loadPath === undefined) return undefined;
    throw new Error('--loadPath says where to find a data set, so it needs --loadName');
  }
  if (!dataSetNamePattern.test(loadName)) {
    throw new Error(`--loadName must be ${dataSetNameRule}, got "${loadName}"`);
  }
  const name = /** @type {DataSetName} */ (loadName);
  return { name, path: loadPath ?? persistPath ?? defaultPersistPath };
}

const minKeyLength = 16;

/**
 * @param {Settings} settings
 * @param {ConfigSources['readFile']} readFile
 * @returns {InspectionProof}
 */
function inspectionOf(settings, readFile) {
  const isOff = isTrue('SESHDECK_NO_INSPECT', settings.noInspect ?? 'false');
  const file = settings.inspectKeyFile;
  if (isOff) {
    if (file !== undefined)
      throw new Error('--no-inspect and --inspect-key-file exclude each other');
    return { kind: 'off' };
  }
  if (file === undefined) return { kind: 'ticket' };
  const key = readOrExplain(file, readFile).trim();
  if (key.length < minKeyLength) {
    throw new Error(`The key in ${file} must have at least ${minKeyLength} characters`);
  }
  return { kind: 'key', key };
}
