import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { helpText, readConfig } from './readConfig.mjs';

/** @import { Work } from './configTypes.ts' */

/**
 * Reads the settings of a process. --help, --version and wrong settings are answered here.
 * @param {Pick<NodeJS.Process, 'argv' | 'env' | 'exitCode' | 'stderr' | 'stdout'>} process
 * @param {string} version
 * @returns {Work | undefined} undefined when the answer is all there is to do.
 */
export function configOrAnswer(process, version) {
  const command = readConfig({
    args: process.argv.slice(2),
    env: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
    // Permissions do not show read-only disks; an attempt does.
    tryDirectory: (path) => rmdirSync(mkdtempSync(join(path, '.seshdeck-'))),
  });
  if (!command.ok) {
    process.stderr.write(`seshdeck: ${command.refusal}\n`);
    process.exitCode = 1;
    return undefined;
  }
  switch (command.value.kind) {
    case 'help':
      process.stdout.write(`${helpText()}\n`);
      return undefined;
    case 'version':
      process.stdout.write(`${version}\n`);
      return undefined;
    case 'serve':
    case 'tool':
      return command.value;
  }
}
