import { isIPv4 } from 'node:net';
import { readJsonWithComments } from './jsonWithComments.mjs';
import { ranges } from './configValues.mjs';

/** @import { Range, Settings } from './configTypes.ts' */

/**
 * Reads a configuration file (`docs/protocol.md` §10): JSON with comments.
 * Throws an error of one line that names the file and the member that is wrong.
 * @param {string} path
 * @param {(path: string) => string} readFile
 * @returns {Settings}
 */
export function readConfigFile(path, readFile) {
  const document = readJsonWithComments(readFile(path));
  if (!document.ok) throw new Error(`${path}, ${document.refusal}`);
  return settingsOf(new Section(path, '', document.value));
}

/**
 * @param {Section} root
 * @returns {Settings}
 */
function settingsOf(root) {
  root.knows('version', 'kv', 'persist', 'console');
  if (root.unsigned('version') !== 1) throw new Error(`${root.path}: version must be 1`);
  const kv = root.section('kv');
  kv.knows('ip', 'port', 'maxPayload');
  return {
    ip: kv.ipv4('ip'),
    port: String(kv.unsigned('port', ranges.port)),
    maxPayload: String(kv.unsigned('maxPayload', ranges.maxPayload)),
    ...(root.has('persist') ? persistSettings(root.section('persist')) : {}),
    ...(root.has('console') ? ownSettings(root.section('console')) : {}),
  };
}

/**
 * @param {Section} persist
 * @returns {Settings}
 */
function persistSettings(persist) {
  persist.knows('enabled', 'path');
  return {
    persistEnabled: String(persist.boolean('enabled')),
    persistPath: persist.string('path'),
  };
}

/**
 * @param {Section} own
 * @returns {Settings}
 */
function ownSettings(own) {
  own.knows('allowOrigins', 'allowHosts', 'inspectKeyFile', 'inspect', 'logLevel');
  return {
    ...(own.has('allowOrigins') && { allowOrigin: own.strings('allowOrigins') }),
    ...(own.has('allowHosts') && { allowHost: own.strings('allowHosts') }),
    ...(own.has('inspectKeyFile') && { inspectKeyFile: own.string('inspectKeyFile') }),
    ...(own.has('inspect') && { noInspect: String(!own.boolean('inspect')) }),
    ...(own.has('logLevel') && { logLevel: own.string('logLevel') }),
  };
}

/** An object of the file, read member by member. */
class Section {
  #name;
  /** @type {ReadonlyMap<string, unknown>} */
  #members;

  /**
   * @param {string} path
   * @param {string} name
   * @param {unknown} value
   */
  constructor(path, name, value) {
    this.path = path;
    this.#name = name;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error(`${path}: ${name === '' ? 'the file' : name} must be an object`);
    }
    this.#members = new Map(Object.entries(value));
  }

  /** @param {string} name */
  has(name) {
    return this.#members.has(name);
  }

  /**
   * Refuses members that nobody reads: most of them are misspelt.
   * @param {string[]} names
   */
  knows(...names) {
    const stray = [...this.#members.keys()].find((name) => !names.includes(name));
    if (stray !== undefined) throw new Error(`${this.path}: unknown member ${this.#full(stray)}`);
  }

  /** @param {string} name */
  section(name) {
    return new Section(this.path, this.#full(name), this.#members.get(name));
  }

  /** @param {string} name */
  string(name) {
    const value = this.#members.get(name);
    return typeof value === 'string' ? value : this.#refuse(name, 'a string');
  }

  /** @param {string} name */
  boolean(name) {
    const value = this.#members.get(name);
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false');
  }

  /** @param {string} name */
  ipv4(name) {
    const value = this.string(name);
    if (isIPv4(value)) return value;
    throw new Error(`${this.path}: ${this.#full(name)} must be an IPv4 address, got "${value}"`);
  }

  /**
   * @param {string} name
   * @param {Range} [range]
   */
  unsigned(name, range) {
    const value = this.#members.get(name);
    const isUnsigned = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    if (!isUnsigned) return this.#refuse(name, 'an unsigned integer');
    if (!range || (value >= range.from && value <= range.to)) return value;
    const words = `must be a whole number from ${range.from} to ${range.to}, got ${value}`;
    throw new Error(`${this.path}: ${this.#full(name)} ${words}`);
  }

  /**
   * @param {string} name
   * @returns {string[]}
   */
  strings(name) {
    const value = this.#members.get(name);
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isList ? value : this.#refuse(name, 'a list of strings');
  }

  /** @param {string} name */
  #full(name) {
    return this.#name === '' ? name : `${this.#name}.${name}`;
  }

  /**
   * @param {string} name
   * @param {string} expected
   * @returns {never}
   */
  #refuse(name, expected) {
    const state = this.has(name) ? `must be ${expected}` : `is missing, ${expected} is expected`;
    throw new Error(`${this.path}: ${this.#full(name)} ${state}`);
  }
}
