import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { bundleServer } from '../bundleServer.ts';
import type { Program } from './serverProcess.ts';

/** The server as it is shipped, with logs so short that a kill often comes while a snapshot replaces them. */
export async function crashProgram(
  directory: string,
  durability: 'commit' | 'relaxed',
): Promise<{ program: Program; data: string; durability: 'commit' | 'relaxed' }> {
  const file = await bundleServer(path.join(directory, 'bundle'));
  const data = path.join(directory, durability);
  const saves = path.join(directory, `saves ${durability}`);
  mkdirSync(saves);
  const flags = { port: 0, data, durability, 'snapshot-bytes': 20_000, 'max-saves': 1_000_000 };
  const args = Object.entries({ ...flags, 'log-level': 'warn' }).map(
    ([flag, value]) => `--${flag}=${value}`,
  );
  const env = { SESHDECK_PERSIST_ENABLED: 'true', SESHDECK_PERSIST_PATH: saves };
  return { program: { file, args, env }, data, durability };
}
