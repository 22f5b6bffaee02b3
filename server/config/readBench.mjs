// Plain JavaScript, as readConfig.mjs.
import { parseArgs } from 'node:util';
import { wholeNumber } from './settingParsers.mjs';

/** @import { Tool } from './configTypes.ts' */

/** @typedef {Extract<Tool, { readonly name: 'bench' }>} Bench */

/** @type {Bench['commands']} */
const commands = ['KV_SET', 'KV_GET', 'SH_INFO'];

/**
 * Options with a number: its range, what it is when it is absent, and the line of the help.
 * @satisfies {Record<string, { from: number, to: number, default: string, help: string }>}
 */
const numbers = {
  connections: { from: 1, to: 10_000, default: '50', help: 'connections, each with its session' },
  'in-flight': { from: 1, to: 1_024, default: '16', help: 'requests that each sends at once' },
  seconds: { from: 1, to: 3_600, default: '5', help: 'how long, for each command' },
  keys: { from: 1, to: 100, default: '1', help: 'keys in each request' },
  'value-bytes': { from: 1, to: 10_000, default: '32', help: 'length of each value' },
};

/** Lines for `--help`: each option of `seshdeck bench`, and what it does. */
export function benchHelp() {
  const ofNumbers = Object.entries(numbers).map(
    ([name, { default: value, help }]) =>
      /** @type {const} */ ([`--${name} N`, `${help} (default: ${value})`]),
  );
  return [
    ...ofNumbers,
    /** @type {const} */ (['--command NAME', `${commands.join(', ')} (default: all; repeatable)`]),
    /** @type {const} */ (['--json', 'print one line of JSON']),
  ];
}

/**
 * @param {readonly string[]} args What follows `seshdeck bench`.
 * @returns {Bench} Throws one line for wrong use.
 */
export function readBench(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...optionsOf(/** @type {(keyof typeof numbers)[]} */ (Object.keys(numbers))),
      command: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    },
  });
  const [url, ...more] = positionals;
  if (!url || more.length > 0) {
    const got = positionals.length === 0 ? 'nothing' : `"${positionals.join(' ')}"`;
    throw new Error(`Use: seshdeck bench URL, got ${got}`);
  }
  /** @param {keyof typeof numbers} name */
  const numberOf = (name) => {
    const text = values[name] ?? numbers[name].default;
    return wholeNumber(numbers[name])(text, `--${name}`, `"${text}"`);
  };
  return {
    name: 'bench',
    url,
    connections: numberOf('connections'),
    inFlight: numberOf('in-flight'),
    seconds: numberOf('seconds'),
    keys: numberOf('keys'),
    valueBytes: numberOf('value-bytes'),
    commands: values.command?.map(commandOf) ?? commands,
    isJson: values.json === true,
  };
}

/**
 * @template {string} N
 * @param {readonly N[]} names
 */
function optionsOf(names) {
  const entries = names.map((name) => [name, { type: /** @type {const} */ ('string') }]);
  return /** @type {Record<N, { type: 'string' }>} */ (Object.fromEntries(entries));
}

/** @param {string} text */
function commandOf(text) {
  const command = commands.find((each) => each === text);
  if (command) return command;
  throw new Error(`--command must be one of ${commands.join(', ')}, got "${text}"`);
}
