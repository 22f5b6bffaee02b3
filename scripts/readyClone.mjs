import { readFileSync } from 'node:fs';
import path from 'node:path';
import { configOrAnswer } from '../server/config/configOrAnswer.mjs';
import { ensureBuilt, isBuilt, orExit, root } from './prepare.mjs';

/**
 * Builds the server if it has to be built. What needs no server is answered before that.
 * @returns {Promise<boolean>} false when there is no server to start.
 */
export async function isReady() {
  if (isBuilt()) return true;
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (!configOrAnswer(process, version)) return false;
  await orExit(ensureBuilt);
  return true;
}
