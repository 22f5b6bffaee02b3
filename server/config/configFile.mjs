import { readJsonWithComments } from './jsonWithComments.mjs';
import { settingRows } from './settings.mjs';

/** @import { FileMember, SettingValues } from './configTypes.ts' */

/** Sections of the file: whether one must be there, and whether all its members must. */
const sections = {
  kv: { isRequired: true, isWhole: true },
  data: { isRequired: false, isWhole: false },
  persist: { isRequired: false, isWhole: true },
  console: { isRequired: false, isWhole: false },
  limits: { isRequired: false, isWhole: false },
};

/** Settings that the file may have, by section and member. */
const members = settingRows.flatMap(([key, setting]) => {
  const [section = '', member = ''] = setting.file?.path.split('.') ?? [];
  return setting.file ? [{ key, setting, file: setting.file, section, member }] : [];
});

/**
 * Reads a configuration file (`docs/protocol.md` §10): JSON with comments.
 * Throws an error of one line that names the file and the member that is wrong.
 * @param {string} path
 * @param {(path: string) => string} readFile
 * @returns {Partial<SettingValues>}
 */
export function readConfigFile(path, readFile) {
  if (path === '') throw new Error('--config must not be empty');
  const document = readJsonWithComments(readFile(path));
  if (!document.ok) throw new Error(`${path}, ${document.refusal}`);
  const root = new Section(path, '', document.value);
  root.knows('version', ...Object.keys(sections));
  if (root.take('version', 'unsigned') !== 1) throw new Error(`${path}: version must be 1`);
  return Object.fromEntries(
    Object.entries(sections).flatMap(([name, { isRequired, isWhole }]) =>
      isRequired || root.has(name) ? valuesIn(root.section(name), name, isWhole) : [],
    ),
  );
}

/**
 * @param {Section} section
 * @param {string} name
 * @param {boolean} isWhole
 * @returns {[string, unknown][]}
 */
function valuesIn(section, name, isWhole) {
  const known = members.filter((each) => each.section === name);
  section.knows(...known.map(({ member }) => member));
  return known
    .filter(({ member }) => isWhole || section.has(member))
    .map(({ key, setting, file, member }) => {
      const raw = section.take(member, file.type);
      const parse = (/** @type {unknown} */ value) =>
        (file.parse ?? setting.parse)(
          String(file.isOpposite ? !value : value),
          section.fullName(member),
          typeof value === 'string' ? `"${value}"` : String(value),
        );
      return [key, Array.isArray(raw) ? raw.map(parse) : parse(raw)];
    });
}

/**
 * What the types of members are called in an error, and which values have them.
 * @type {Record<FileMember<unknown>['type'], [name: string, isOfType: (value: unknown) => boolean]>}
 */
const types = {
  string: ['a string', (value) => typeof value === 'string'],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  unsigned: ['an unsigned integer', (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  strings: [
    'a list of strings',
    (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  ],
};

/** An object of the file, read member by member. */
class Section {
  #path;
  #name;
  /** @type {ReadonlyMap<string, unknown>} */
  #members;

  /**
   * @param {string} path
   * @param {string} name
   * @param {unknown} value
   */
  constructor(path, name, value) {
    this.#path = path;
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
   * Refuses members that are not in the list: most of them are misspelt.
   * @param {string[]} names
   */
  knows(...names) {
    const stray = [...this.#members.keys()].find((name) => !names.includes(name));
    if (stray !== undefined) {
      throw new Error(`${this.#path}: unknown member ${this.#memberName(stray)}`);
    }
  }

  /** @param {string} name */
  section(name) {
    return new Section(this.#path, this.#memberName(name), this.#members.get(name));
  }

  /**
   * The value of a member; throws when it is missing or has another type.
   * @param {string} name
   * @param {FileMember<unknown>['type']} type
   */
  take(name, type) {
    const value = this.#members.get(name);
    const [expected, isOfType] = types[type];
    if (isOfType(value)) return value;
    const state = this.has(name) ? `must be ${expected}` : `is missing, ${expected} is expected`;
    throw new Error(`${this.fullName(name)} ${state}`);
  }

  /** The file and the member. @param {string} name */
  fullName(name) {
    return `${this.#path}: ${this.#memberName(name)}`;
  }

  /** @param {string} name */
  #memberName(name) {
    return this.#name === '' ? name : `${this.#name}.${name}`;
  }
}
