// What a browser must fetch before the page can do anything, against its budget. Parts that are fetched
// later (panels, dialogs, the editor) and workers do not count. `node scripts/sizeBudget.mjs [FOLDER]`
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parseSync } from 'vite';
import { isMain } from './isMain.mjs';
import { root } from './prepare.mjs';

/** Compressed as a careful server would, at the best setting. */
export const budgetBytes = 90_000;

/**
 * The scripts of a built page and all that they import statically.
 * @param {string} folder Where index.html is.
 * @returns {{ file: string, bytes: number }[]} Sizes after Brotli, the largest first.
 */
export function initialScripts(folder) {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const found = new Map();
  const waiting = [...page.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => startOf(tag));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const code = readFileSync(path.join(folder, file));
    found.set(file, brotliCompressSync(code).length);
    const { staticImports } = parseSync(file, code.toString()).module;
    for (const { moduleRequest } of staticImports) {
      waiting.push(path.posix.join(path.posix.dirname(file), moduleRequest.value));
    }
  }
  const scripts = [...found].map(([file, bytes]) => ({ file, bytes }));
  return scripts.toSorted((one, other) => other.bytes - one.bytes);
}

/** @returns {number} Bytes of them all. */
export function totalBytes(scripts) {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function isOverBudget(scripts) {
  return totalBytes(scripts) > budgetBytes;
}

/** The sizes as a few lines for a person. */
export function inWords(scripts) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const lines = scripts.map(({ file, bytes }) => `  ${kB(bytes).padStart(9)}  ${file}`);
  const sum = `initial JavaScript: ${kB(totalBytes(scripts))} Brotli of ${kB(budgetBytes)}`;
  const advice = 'Over the budget: load what the first paint does not need with import().';
  return [sum, ...lines, ...(isOverBudget(scripts) ? [advice] : [])].join('\n');
}

/** The file that a tag makes the browser fetch at once, if it is a script. */
function startOf(tag) {
  const isScript = tag.startsWith('<script') || /\brel="?modulepreload\b/.test(tag);
  const address = /\b(?:src|href)="?\/?([^"\s>]+)/.exec(tag)?.[1];
  return isScript && address !== undefined ? [address] : [];
}

if (isMain(import.meta)) {
  const scripts = initialScripts(path.resolve(process.argv[2] ?? path.join(root, 'dist', 'web')));
  process.stdout.write(`${inWords(scripts)}\n`);
  process.exitCode = isOverBudget(scripts) ? 1 : 0;
}
