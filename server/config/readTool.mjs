// Plain JavaScript, as readConfig.mjs.
import { benchHelp, readBench } from './readBench.mjs';

/** @import { Tool } from './configTypes.ts' */

/**
 * What each tool takes, and what it does.
 * @type {Record<Exclude<Tool['name'], 'bench' | 'download'>, readonly [takes: readonly [string] | readonly [string, string], help: string]>}
 */
const tools = {
  check: [['DIR'], 'read all data and say whether it is intact'],
  repair: [['DIR', 'NEWDIR'], 'recover what is readable of damaged data into a new directory'],
  backup: [['DIR|URL', 'FILE'], 'write all sessions to a new file, also while a server runs'],
  restore: [['FILE', 'NEWDIR'], 'create a directory from a backup'],
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
 * @param {() => string | undefined} readKey Reads the inspection key, if one is set.
 * @returns {Tool | undefined} undefined when a server is asked for. Throws one line for wrong use.
 */
export function readTool([name = '', ...given], readKey) {
  if (name === 'bench') return readBench(given);
  if (!isTool(name)) return undefined;
  const [first, second = ''] = textsOf(name, given);
  switch (name) {
    case 'check':
      return { name, directory: first };
    case 'repair':
      return { name, directory: first, newDirectory: second };
    case 'backup':
      return backupOf(first, second, readKey);
    case 'restore':
      return { name, file: first, newDirectory: second };
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
 * @param {string} name
 * @returns {name is keyof typeof tools}
 */
function isTool(name) {
  return Object.hasOwn(tools, name);
}
