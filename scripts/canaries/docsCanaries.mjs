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
      'client',
      'server',
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

const riddle = {
  canaries: [
    {
      name: 'a text on screen with a turn of phrase that readers stumble over',
      isSeen: ({ code, output }) => code !== 0 && output.includes('texts.ts:1: "lets go of"'),
    },
    {
      name: 'a lesson with such a turn of phrase',
      isSeen: ({ output }) => output.includes('lesson.md:1: "anew"'),
    },
    {
      name: 'a comment with one that is never right',
      isSeen: ({ output }) =>
        output.includes('comment.test.ts:1: "told"') && !output.includes('fine.ts'),
    },
  ],
  check: () => {
    const folder = makeNursery(
      {
        'docs/fine.md': 'Nothing to find here.\n',
        'protocol/fine.ts': '// A process of its own: users do not read comments.\n',
        'server/comment.test.ts': '// The listener is told.\n',
        'web/log/texts.ts': "export const close = 'Closing lets go of the log';\n",
        'web/tutorial/lessons/lesson.md': 'The time starts anew.\n',
      },
      [],
    );
    const script = path.join(root, 'scripts', 'checkWords.mjs');
    return runProcess(process.execPath, [script, folder], { cwd: root, stdio: 'capture' });
  },
};

/** The first: none while there is no generator. */
export const docsCanaries = [
  ...(existsSync(path.join(root, 'scripts', 'docs.ts')) ? [outdated] : []),
  riddle,
];
