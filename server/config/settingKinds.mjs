// Settings that are alike. Plain JavaScript, as readConfig.mjs.
import { trueOrFalse, wholeNumber } from './settingParsers.mjs';

/** @import { Setting } from './configTypes.ts' */

export const counts = { from: 1, to: Number.MAX_SAFE_INTEGER };

/**
 * A switch that neither the environment nor the file has.
 * @param {string} flag
 * @param {string} [line] Of the help. Absent: there it is only named.
 * @returns {Setting<boolean>}
 */
export function onlyFlag(flag, line) {
  const rule = { flag, name: `--${flag}`, parse: trueOrFalse, default: false };
  return { ...rule, takes: 'nothing', ...(line && { help: ['', line] }) };
}

/**
 * A limit that can be set. Its variable and its member of the file are named like its flag.
 * @template {number | undefined} D
 * @param {string} flag
 * @param {D} otherwise The default.
 * @param {string} line Of the help.
 * @returns {Setting<number | D>}
 */
export function limit(flag, otherwise, line) {
  const member = flag.replaceAll(/-(.)/g, (_dash, letter) => letter.toUpperCase());
  return {
    flag,
    env: `SESHDECK_${flag.toUpperCase().replaceAll('-', '_')}`,
    file: { path: `limits.${member}`, type: 'unsigned' },
    name: `--${flag}`,
    parse: wholeNumber(counts),
    default: otherwise,
    help: ['N', line],
  };
}
