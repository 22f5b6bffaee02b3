import { isIPv4 } from 'node:net';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { Settings } from './config.ts';
import { ranges, type Range } from './configRanges.ts';

/**
 * Reads a configuration file (`docs/protocol.md` §10): JSON with comments.
 * Throws an error of one line that names the file and the member that is wrong.
 */
export function readConfigFile(path: string, readFile: (path: string) => string): Settings {
  const errors: ParseError[] = [];
  const text = readFile(path).replace(/^\uFEFF/, '');
  const document: unknown = parse(text, errors, { allowTrailingComma: false });
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    // The parser's words are ValueExpected, CommaExpected …
    const words = printParseErrorCode(first.error).replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
    throw new Error(`${path}, line ${line}: ${words.toLowerCase()}`);
  }
  return settingsOf(new Section(path, '', document));
}

function settingsOf(root: Section): Settings {
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

function persistSettings(persist: Section): Settings {
  persist.knows('enabled', 'path');
  return {
    persistEnabled: String(persist.boolean('enabled')),
    persistPath: persist.string('path'),
  };
}

function ownSettings(own: Section): Settings {
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
  readonly path: string;
  readonly #name: string;
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(path: string, name: string, value: unknown) {
    this.path = path;
    this.#name = name;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error(`${path}: ${name === '' ? 'the file' : name} must be an object`);
    }
    this.#members = new Map(Object.entries(value));
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  /** Refuses members that nobody reads: most of them are misspelt. */
  knows(...names: string[]): void {
    const stray = [...this.#members.keys()].find((name) => !names.includes(name));
    if (stray !== undefined) throw new Error(`${this.path}: unknown member ${this.#full(stray)}`);
  }

  section(name: string): Section {
    return new Section(this.path, this.#full(name), this.#members.get(name));
  }

  string(name: string): string {
    const value = this.#members.get(name);
    return typeof value === 'string' ? value : this.#refuse(name, 'a string');
  }

  boolean(name: string): boolean {
    const value = this.#members.get(name);
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false');
  }

  ipv4(name: string): string {
    const value = this.string(name);
    if (isIPv4(value)) return value;
    throw new Error(`${this.path}: ${this.#full(name)} must be an IPv4 address, got "${value}"`);
  }

  unsigned(name: string, range?: Range): number {
    const value = this.#members.get(name);
    const isUnsigned = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    if (!isUnsigned) return this.#refuse(name, 'an unsigned integer');
    if (!range || (value >= range.from && value <= range.to)) return value;
    const words = `must be a whole number from ${range.from} to ${range.to}, got ${value}`;
    throw new Error(`${this.path}: ${this.#full(name)} ${words}`);
  }

  strings(name: string): string[] {
    const value = this.#members.get(name);
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isList ? value : this.#refuse(name, 'a list of strings');
  }

  #full(name: string): string {
    return this.#name === '' ? name : `${this.#name}.${name}`;
  }

  #refuse(name: string, expected: string): never {
    const state = this.has(name) ? `must be ${expected}` : `is missing, ${expected} is expected`;
    throw new Error(`${this.path}: ${this.#full(name)} ${state}`);
  }
}
