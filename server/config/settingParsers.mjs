// Readers of the texts of settings: the value, or an error of one line.
import { dataSetNamePattern, dataSetNameRule } from '../../protocol/dataSetNameRule.mjs';
import { logFormats, logLevels } from './logLevels.mjs';

/**
 * @import { DataSetName } from '../../protocol/dataSetName.ts'
 * @import { LogFormat, LogLevel, ParseSetting } from './configTypes.ts'
 */

/** @type {ParseSetting<string>} */
export function notEmpty(text, name) {
  if (text === '') throw new Error(`${name} must not be empty`);
  return text;
}

/** @type {ParseSetting<boolean>} */
export function trueOrFalse(text, name, shown) {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`${name} must be true or false, got ${shown}`);
}

/**
 * @param {{ from: number, to: number }} range
 * @returns {ParseSetting<number>}
 */
export function wholeNumber({ from, to }) {
  return (text, name, shown) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    throw new Error(`${name} must be a whole number from ${from} to ${to}, got ${shown}`);
  };
}

/** @type {ParseSetting<LogLevel>} */
export function logLevel(text, name, shown) {
  const level = logLevels.find((each) => each === text);
  if (level) return level;
  throw new Error(`${name} must be one of ${logLevels.join(', ')}, got ${shown}`);
}

/** @type {ParseSetting<LogFormat>} */
export function logFormat(text, name, shown) {
  const format = logFormats.find((each) => each === text);
  if (format) return format;
  throw new Error(`${name} must be one of ${logFormats.join(', ')}, got ${shown}`);
}

/** @type {ParseSetting<'commit' | 'relaxed'>} */
export function durability(text, name, shown) {
  if (text === 'commit' || text === 'relaxed') return text;
  throw new Error(`${name} must be commit or relaxed, got ${shown}`);
}

/**
 * @template {string} T
 * @param {...T} choices
 * @returns {ParseSetting<T>}
 */
export function oneOf(...choices) {
  return (text, name, shown) => {
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    throw new Error(`${name} must be one of ${choices.join(', ')}, got ${shown}`);
  };
}

/** Whether there is such a command is seen when the server is made. @type {ParseSetting<string>} */
export function commandName(text, name, shown) {
  if (/^[A-Z]{2}_[A-Z_]+$/.test(text)) return text;
  throw new Error(`${name} must be the name of a command, such as SH_SAVE, got ${shown}`);
}

/** @type {ParseSetting<DataSetName>} */
export function dataSetName(text, name, shown) {
  if (dataSetNamePattern.test(text)) return /** @type {DataSetName} */ (text);
  throw new Error(`${name} must be ${dataSetNameRule}, got ${shown}`);
}
