// Plain JavaScript with types in comments: `npm start` on a fresh clone answers --help and a wrong
// setting with this before anything is installed. Imports nothing that would need that.
import { parseArgs } from 'node:util';
import { readConfigFile } from './configFile.mjs';
import { keyIn } from './inspectionKey.mjs';
import { inspectionOf } from './inspectionKeys.mjs';
import { readTool, toolsHelp } from './readTool.mjs';
import { settingRows } from './settings.mjs';
import { checkPlaces, dataOf } from './storeSettings.mjs';
import { readTlsPair } from './tlsPair.mjs';

/**
 * @import { ParseArgsConfig } from 'node:util'
 * @import { Result } from '../../protocol/result.ts'
 * @import { CliCommand, Config, ConfigSources, SettingTexts, SettingValues, ToolSources } from './configTypes.ts'
 */

/**
 * Reads the settings: flags before environment before file before defaults.
 * @param {ConfigSources} sources
 * @returns {Result<CliCommand, string>} The refusal is one line that says what is wrong.
 */
export function readConfig(sources) {
  try {
    const tool = readTool(sources.args, toolSources(sources));
    if (tool) return { ok: true, value: { kind: 'tool', tool } };
    const flags = textsOfFlags(sources.args);
    if (flags.help) return { ok: true, value: { kind: 'help' } };
    if (flags.version) return { ok: true, value: { kind: 'version' } };
    checkPlaces(flags);
    const texts = { ...textsOfEnv(sources.env), ...flags };
    const inFile =
      typeof texts.config === 'string'
        ? readConfigFile(texts.config, (path) => readOrExplain(path, sources.readFile))
        : {};
    const config = configOf(valuesOf(texts, inFile), sources);
    return { ok: true, value: { kind: 'serve', config } };
  } catch (error) {
    return { ok: false, refusal: firstLine(error) };
  }
}

/**
 * What tools need of the settings: there is no file, and options are their own.
 * @param {ConfigSources} sources
 * @returns {ToolSources}
 */
function toolSources({ env, readFile }) {
  /** @type {(path: string) => string} */
  const read = (path) => readOrExplain(path, readFile);
  return {
    readKey: () => {
      const file = env['SESHDECK_INSPECT_KEY_FILE'];
      return file === undefined ? undefined : keyIn(file, read);
    },
    readRedis: (store) => {
      const data = dataOf(valuesOf({ ...textsOfEnv(env), store, memory: 'false' }, {}), read);
      if (data.kind !== 'redis') throw new Error(`${store} is no address of Redis`);
      return data;
    },
  };
}

/** Room for the longest option in the help. */
const optionWidth = 34;

/** What `--help` prints. */
export function helpText() {
  const options = settingRows.flatMap(([, { flag, help, default: value }]) => {
    if (flag === undefined || help === undefined) return [];
    const [placeholder, line] = help;
    const shown =
      typeof value === 'string' || typeof value === 'number' ? ` (default: ${value})` : '';
    return `  ${`--${flag} ${placeholder}`.padEnd(optionWidth)}${line}${shown}`;
  });
  const plain = settingRows.flatMap(([, { flag, help }]) => (flag && !help ? `--${flag}` : []));
  return `Usage: seshdeck [options]

${options.join('\n')}
  ${plain.join(', ')}

${toolsHelp()}

Environment variables, named after the options (lists are separated by commas):
${variableLines().join('\n')}

A flag beats the environment, and the environment beats the file. SH_SAVE is on if the file says so
(persist.enabled, persist.path) or the environment does (SESHDECK_PERSIST_ENABLED, SESHDECK_PERSIST_PATH).`;
}

/** Longest line of the list of variables. */
const lineWidth = 96;

/** All variables, as many as fit on each line. */
function variableLines() {
  /** @type {string[]} */
  const lines = [];
  for (const [, { env }] of settingRows) {
    if (env === undefined) continue;
    const last = lines.at(-1);
    if (last === undefined || last.length + env.length + 2 > lineWidth) lines.push(`  ${env}`);
    else lines[lines.length - 1] = `${last}, ${env}`;
  }
  return lines;
}

/**
 * @param {readonly string[]} args
 * @returns {SettingTexts}
 */
function textsOfFlags(args) {
  const options = /** @type {NonNullable<ParseArgsConfig['options']>} */ (
    Object.fromEntries(
      settingRows.flatMap(([, { flag, short, takes }]) => {
        if (flag === undefined) return [];
        const type = takes === 'nothing' ? 'boolean' : 'string';
        return [[flag, { type, multiple: takes === 'list', ...(short && { short }) }]];
      }),
    )
  );
  const { values } = parseArgs({ args: [...args], options, strict: true });
  return textsBy(({ flag }) => {
    const given = flag === undefined ? undefined : values[flag];
    // Only an option without text gives true.
    return typeof given === 'boolean' ? String(given) : /** @type {string | string[]} */ (given);
  });
}

/**
 * @param {ConfigSources['env']} env
 * @returns {SettingTexts}
 */
function textsOfEnv(env) {
  return textsBy(({ env: variable, takes }) => {
    const text = variable === undefined ? undefined : env[variable];
    return takes === 'list' ? text?.split(',').map((item) => item.trim()) : text;
  });
}

/**
 * @param {(setting: (typeof settingRows)[number][1]) => string | string[] | undefined} textOf
 * @returns {SettingTexts} Only what was given.
 */
function textsBy(textOf) {
  const texts = settingRows.map(([key, setting]) => [key, textOf(setting)]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/**
 * @param {SettingTexts} texts
 * @param {Partial<SettingValues>} inFile
 */
function valuesOf(texts, inFile) {
  const values = settingRows.map(([key, { name, parse, default: otherwise }]) => {
    const given = texts[key];
    if (given === undefined) return [key, inFile[key] ?? otherwise];
    if (typeof given === 'string') return [key, parse(given, name, `"${given}"`)];
    return [key, given.map((text) => parse(text, name, `"${text}"`))];
  });
  return /** @type {SettingValues} */ (Object.fromEntries(values));
}

/**
 * The option parser adds advice after its first sentence.
 * @param {unknown} error
 */
function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/\n|\. To specify/)[0] ?? '').trim();
}

/**
 * @param {SettingValues} values
 * @param {ConfigSources} sources
 * @returns {Config}
 */
function configOf(values, { readFile, tryDirectory }) {
  const config = {
    ip: values.ip,
    port: values.port,
    maxPayloadBytes: values.maxPayload,
    allowOrigins: values.allowOrigin,
    allowHosts: values.allowHost,
    inspection: inspectionOf(values, (path) => readOrExplain(path, readFile)),
    tls: tlsOf(values, readFile),
    trustedProxies: values.trustProxy,
    metricsListen: values.metricsListen,
    logLevel: values.logLevel,
    logFormat: values.logFormat,
    data: dataOf(values, (path) => readOrExplain(path, readFile)),
    persist: persistOf(values, tryDirectory),
    load: loadOf(values),
    limits: limitsOf(values),
    disabledCommands: values.disableCommand,
    isReadOnly: values.readOnly,
    opensBrowser: values.open,
  };
  if (config.inspection.kind === 'ticket') checkUnreachable(config);
  return config;
}

/**
 * A ticket for everybody who can open the console is for people at this machine only.
 * @param {Pick<Config, 'ip' | 'trustedProxies'>} config
 */
function checkUnreachable({ ip, trustedProxies }) {
  if (isLoopback(ip) && trustedProxies.length === 0) return;
  const what = isLoopback(ip) ? 'A server behind a proxy' : ip;
  throw new Error(
    `${what} can be reached from elsewhere: give --inspect-key-file FILE, --inspect-keys FILE, or --no-inspect`,
  );
}

/**
 * @param {SettingValues} values
 * @param {ConfigSources['readFile']} readFile
 * @returns {Config['tls']}
 */
function tlsOf({ tlsCert: certFile, tlsKey: keyFile }, readFile) {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    throw new Error('--tls-cert and --tls-key need each other');
  }
  const files = { certFile, keyFile };
  return { ...files, ...readTlsPair(files, (path) => readOrExplain(path, readFile)) };
}

/** @param {string} ip */
function isLoopback(ip) {
  return ip === '::1' || ip.startsWith('127.');
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
 * @param {SettingValues} values
 * @param {ConfigSources['tryDirectory']} tryDirectory
 * @returns {Config['persist']}
 */
function persistOf({ persistEnabled: enabled, persistPath: path }, tryDirectory) {
  try {
    if (enabled) tryDirectory(path);
  } catch (error) {
    const rule = 'persist.path must be an existing directory that can be written to';
    throw new Error(`${rule}, got "${path}": ${firstLine(error)}`, { cause: error });
  }
  return { enabled, path };
}

/**
 * @param {SettingValues} values
 * @returns {Config['load']}
 */
function loadOf({ loadName, loadPath, persistPath }) {
  if (loadName !== undefined) return { name: loadName, path: loadPath ?? persistPath };
  if (loadPath === undefined) return undefined;
  throw new Error('--loadPath says where to find a data set, so it needs --loadName');
}

/**
 * @param {SettingValues} values
 * @returns {Config['limits']}
 */
function limitsOf({ maxSessions, maxKeys, maxMemory, ...values }) {
  const { maxConnections, maxConnectionsPerAddress, maxSaves, maxSaveBytes } = values;
  const { snapshotBytes, history: historyBytes } = values;
  const store = { maxSessions, maxKeys, maxMemoryBytes: maxMemory };
  return {
    ...store,
    maxConnections,
    maxConnectionsPerAddress,
    maxSaves,
    maxSaveBytes,
    snapshotBytes,
    historyBytes,
  };
}
