import { rmSync } from 'node:fs';
import path from 'node:path';
import { readBackup } from '../../../server/tools/backupFile.ts';
import { runTool } from '../../../server/tools/runTool.ts';
import type { Fault } from './findFaults.ts';
import { isTorn } from './steps.ts';

/**
 * Makes a backup while the server works and is killed, and reads it: it is whole, no command in it is
 * torn, and what had ended before is not in it.
 */
export async function backupDuring(data: string, ended: readonly string[]): Promise<Fault[]> {
  const file = path.join(path.dirname(data), `backup-${process.pid}`);
  try {
    await runTool({ name: 'backup', directory: data, file });
    const { store } = await readBackup(file);
    const faults: Fault[] = [];
    const gone = new Set(ended);
    for await (const { token, keys, values } of store.contents.scan()) {
      const line = `session ${token} in a backup`;
      const byKey = new Map(keys.map((key, index) => [key, values[index]]));
      if (isTorn(byKey)) faults.push({ kind: 'torn', line });
      if (gone.has(token)) faults.push({ kind: 'resurrected', line });
    }
    return faults;
  } catch (error) {
    return [{ kind: 'unreadable', line: error instanceof Error ? error.message : String(error) }];
  } finally {
    rmSync(file, { force: true });
  }
}
