import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether Node was started with this module, and not another one that imports it. */
export function isMain(meta) {
  const started = process.argv.at(1);
  return started !== undefined && realpathSync(started) === fileURLToPath(meta.url);
}
