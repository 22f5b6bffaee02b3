// Plain JavaScript, as readConfig.mjs.
import { benchHelp, readBench } from './readBench.mjs';

/** @import { CopyPlace, Tool, ToolSources } from './configTypes.ts' */

/**
 * What each tool takes, and what it does.
 * @type {Record<Exclude<Tool['name'], 'bench' | 'download'>, readonly [takes: readonly [string] | readonly [string, string], help: string]>}
 */
const tools = {
  check: [['DIR'], 'read all data and say whether it is intact'],
  repair: [['DIR', 'NEWDIR'], 'recover what is readable of damaged data into a new directory'],
  backup: [['DIR|URL', 'FILE'], 'write all sessions to a new file, also while a server runs'],
  restore: [['FILE', 'NEWDIR'], 'create a directory from a backup'],
  copy: [['FROM', 'TO'], 'copy all sessions from or to Redis'],
};

/** Lines for `--help`. */
export function toolsHelp() {
  /** @type {(entry: readonly [what: string, help: string]) => string} */
  const line = ([what, help]) => `  ${what.padEnd(34)}${help}`;
  const lines = Object.entries(tools).map(([name, [takes, help]]) =>
    line([`${name} ${takes.join(' ')}`, help]),
  );
  return `seshdeck COMMAND works on a data directory instead of serving it:
${lines.join('\n')}

seshdeck bench URL measures a running server of this protocol, with sessions of its own:
${benchHelp().map(line).join('\n')}`;
}

/**
 * @param {readonly string[]} args
 * @param {ToolSources} sources
 * @returns {Tool | undefined} undefined when a server is asked for. Throws one line for wrong use.
 */
export function readTool([name = '', ...given], sources) {
  if (name === 'bench') return readBench(given);
  if (!isTool(name)) return undefined;
  const [first, second = ''] = textsOf(name, given);
  switch (name) {
    case 'check':
      return { name, directory: first };
    case 'repair':
      return { name, directory: first, newDirectory: second };
    case 'backup':
      return backupOf(first, second, sources.readKey);
    case 'restore':
      return { name, file: first, newDirectory: second };
    case 'copy':
      return copyOf(first, second, sources);
  }
}

/**
 * Throws when it is used otherwise.
 * @param {keyof typeof tools} name
 * @param {readonly string[]} given
 * @returns {readonly [string] | readonly [string, string]}
 */
function textsOf(name, given) {
  const [takes] = tools[name];
  const [first, second] = given;
  const isOption = given.some((text) => text.startsWith('-'));
  if (first === undefined || given.length !== takes.length || given.includes('') || isOption) {
    const got = given.length === 0 ? 'nothing' : `"${given.join(' ')}"`;
    throw new Error(`Use: seshdeck ${name} ${takes.join(' ')}, got ${got}`);
  }
  return second === undefined ? [first] : [first, second];
}

/**
 * @param {string} from
 * @param {string} file
 * @param {() => string | undefined} readKey
 * @returns {Tool}
 */
function backupOf(from, file, readKey) {
  if (/^\w+:\/\//.test(from)) return { name: 'download', url: from, file, key: readKey() };
  return { name: 'backup', directory: from, file };
}

/**
 * @param {string} from
 * @param {string} to
 * @param {ToolSources} sources
 * @returns {Tool}
 */
function copyOf(from, to, { readKey, readRedis }) {
  if (/^https?:/i.test(to)) {
    throw new Error(
      'copy cannot write into a running server: copy into a new directory, and start one with it',
    );
  }
  /** @type {(text: string) => CopyPlace} */
  const placeOf = (text) => {
    if (/^rediss?:/i.test(text)) return { kind: 'redis', access: readRedis(text), url: text };
    if (/^\w+:\/\//.test(text)) return { kind: 'server', url: text, key: readKey() };
    return { kind: 'path', path: text };
  };
  const [source, target] = [placeOf(from), placeOf(to)];
  if (target.kind === 'server') throw new Error(`copy cannot write to "${to}"`);
  if (source.kind !== 'redis' && target.kind !== 'redis') {
    throw new Error(
      'copy is from or to redis://…; other data is copied with "seshdeck backup" and "restore"',
    );
  }
  return { name: 'copy', from: source, to: target };
}

/**
 * @param {string} name
 * @returns {name is keyof typeof tools}
 */
function isTool(name) {
  return Object.hasOwn(tools, name);
}
