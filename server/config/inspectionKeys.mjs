// Plain JavaScript, as readConfig.mjs.
import { createHash } from 'node:crypto';
import { checkedKey, keyIn } from './inspectionKey.mjs';
import { readJsonWithComments } from './jsonWithComments.mjs';

/**
 * @import { Right } from '../../protocol/inspection/rights.ts'
 * @import { InspectionProof } from '../inspection/access.ts'
 * @import { NamedKey } from '../inspection/rights/grant.ts'
 * @import { SettingValues } from './configTypes.ts'
 */

/** As the contract has them, in its order. @type {readonly Right[]} */
export const rightNames = ['look', 'values', 'change', 'end', 'audit'];

const members = ['name', 'sha256', 'key', 'rights', 'prefix'];
const namePattern = /^[\w.@-]{1,64}$/;

/**
 * @param {Pick<SettingValues, 'noInspect' | 'inspectKeyFile' | 'inspectKeys'>} values
 * @param {(path: string) => string} read
 * @returns {InspectionProof}
 */
export function inspectionOf({ noInspect, inspectKeyFile, inspectKeys: file }, read) {
  if (noInspect) {
    const flag = inspectKeyFile === undefined ? '--inspect-keys' : '--inspect-key-file';
    if ((inspectKeyFile ?? file) === undefined) return { kind: 'off' };
    throw new Error(`--no-inspect and ${flag} exclude each other`);
  }
  if (inspectKeyFile === undefined && file === undefined) return { kind: 'ticket' };
  return {
    kind: 'key',
    key: inspectKeyFile === undefined ? undefined : keyIn(inspectKeyFile, read),
    named: file === undefined ? undefined : { file, keys: readInspectionKeys(file, read) },
  };
}

/**
 * The inspection keys of a file. Throws one line that says what is wrong; a key is never in it.
 * @param {string} file
 * @param {(path: string) => string} read
 * @returns {NamedKey[]}
 */
export function readInspectionKeys(file, read) {
  const json = readJsonWithComments(read(file));
  if (!json.ok) throw new Error(`${file}: ${json.refusal}`);
  const { keys, ...others } = asObject(json.value, `${file} must have an object`);
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`${file}: "keys" is its only member, got "${other}"`);
  if (!Array.isArray(keys)) throw new Error(`${file}: keys must be an array`);
  const named = keys.map((key, at) => keyOf(key, `${file}: keys[${at}]`));
  checkDifferent(named, file);
  return named;
}

/**
 * @param {unknown} value
 * @param {string} place
 * @returns {NamedKey}
 */
function keyOf(value, place) {
  const key = asObject(value, `${place} must be an object`);
  const other = Object.keys(key).find((name) => !members.includes(name));
  if (other !== undefined) throw new Error(`${place} has no member "${other}"`);
  const { name, prefix = '' } = key;
  if (typeof name !== 'string' || !namePattern.test(name)) {
    throw new Error(`${place}.name must be 1 to 64 letters, digits or _ . @ -`);
  }
  if (typeof prefix !== 'string') throw new Error(`${place}.prefix must be a text`);
  return { name, sha256: hashIn(key, place), rights: { may: rightsIn(key, place), prefix } };
}

/**
 * @param {Record<string, unknown>} key
 * @param {string} place
 */
function hashIn({ sha256, key }, place) {
  if ((sha256 === undefined) === (key === undefined)) {
    throw new Error(`${place} must have either sha256 or key`);
  }
  if (typeof sha256 === 'string' && /^[\da-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  if (sha256 !== undefined) throw new Error(`${place}.sha256 must be 64 hexadecimal digits`);
  if (typeof key !== 'string') throw new Error(`${place}.key must be a text`);
  return createHash('sha256')
    .update(checkedKey(key, `${place}.key`))
    .digest('hex');
}

/**
 * @param {Record<string, unknown>} key
 * @param {string} place
 */
function rightsIn({ rights }, place) {
  const rule = `${place}.rights must be an array of ${rightNames.join(', ')}`;
  if (!Array.isArray(rights)) throw new Error(rule);
  const other = rights.find((right) => !rightNames.includes(right));
  if (other !== undefined) throw new Error(`${rule}, got ${JSON.stringify(other)}`);
  return rightNames.filter((right) => rights.includes(right));
}

/**
 * @param {readonly NamedKey[]} keys
 * @param {string} file
 */
function checkDifferent(keys, file) {
  for (const [at, { name, sha256 }] of keys.entries()) {
    const others = keys.slice(0, at);
    if (others.some((other) => other.name === name)) {
      throw new Error(`${file}: two keys are named "${name}"`);
    }
    const twin = others.find((other) => other.sha256 === sha256);
    if (twin) throw new Error(`${file}: "${twin.name}" and "${name}" are the same key`);
  }
}

/**
 * @param {unknown} value
 * @param {string} rule
 */
function asObject(value, rule) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(rule);
  return /** @type {Record<string, unknown>} */ (value);
}
