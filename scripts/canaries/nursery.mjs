import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../prepare.mjs';

/**
 * Makes a folder that looks like the repository to a checker (its settings, its packages, its folder
 * names) and holds only the planted files, so that no fault ever lies in the repository itself.
 * @param {Record<string, string>} planted Text by path.
 * @param {string[]} copied Files and folders of the repository to take along, those that exist.
 */
export function makeNursery(planted, copied) {
  const folder = mkdtempSync(path.join(tmpdir(), 'seshdeck-canary-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const file of copied) {
    if (!existsSync(path.join(root, file))) continue;
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
  }
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** Files by which the compiler and the linter know which folder may use which types. */
export const folderSettings = [
  'tsconfig.base.json',
  'protocol/tsconfig.json',
  'client/tsconfig.json',
  'server/tsconfig.json',
  'web/tsconfig.json',
  'web/tsconfig.test.json',
  'e2e/tsconfig.json',
  'bench/tsconfig.json',
];

/** Path of a program that a dependency brought. */
export function binary(name) {
  return path.join(root, 'node_modules', '.bin', name);
}
