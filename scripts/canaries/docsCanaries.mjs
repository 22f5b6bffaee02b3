import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../prepare.mjs';
import { runProcess } from '../runProcess.mjs';
import { folderSettings, makeNursery } from './nursery.mjs';

const outdated = {
  canaries: [
    {
      name: 'a reference page that the catalog does not say',
      isSeen: ({ code, output }) => code !== 0 && output.includes('commands.md'),
    },
  ],
  check: () => {
    const folder = makeNursery({}, [
      'protocol',
      'scripts',
      'docs',
      'package.json',
      ...folderSettings,
    ]);
    appendFileSync(path.join(folder, 'docs', 'commands.md'), 'A line that nobody generated.\n');
    const args = ['--import', 'tsx', 'scripts/docs.ts', '--check'];
    return runProcess(process.execPath, args, { cwd: folder, stdio: 'capture' });
  },
};

/** None while there is no generator. */
export const docsCanaries = existsSync(path.join(root, 'scripts', 'docs.ts')) ? [outdated] : [];
