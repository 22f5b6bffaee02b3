import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { root } from '../prepare.mjs';
import { runProcess } from '../runProcess.mjs';
import { binary, folderSettings, makeNursery } from './nursery.mjs';

const tidy = 'export const one = 1;\n';

const format = {
  canaries: [
    {
      name: 'format of an untidy file',
      isSeen: ({ code, output }) => code !== 0 && output.includes('server/untidy.ts'),
    },
    {
      name: 'format lets a tidy file pass',
      isSeen: ({ output }) => output !== '' && !output.includes('server/tidy.ts'),
    },
  ],
  check: () =>
    checkIn(
      { 'server/untidy.ts': 'export const one = "1"\n', 'server/tidy.ts': tidy },
      ['.oxfmtrc.json', '.editorconfig'],
      [binary('oxfmt'), '--list-different', '.'],
    ),
};

const typeFaults = {
  'protocol/page.ts': ['export const title = document.title;\n', "Cannot find name 'document'"],
  'protocol/pid.ts': ['export const pid = process.pid;\n', "Cannot find name 'process'"],
  'server/page.ts': ['export const title = document.title;\n', "Cannot find name 'document'"],
  'client/pid.ts': ['export const pid = process.pid;\n', "Cannot find name 'process'"],
  'web/pid.ts': ['export const pid = process.pid;\n', "Cannot find name 'process'"],
  'server/unchecked.ts': [
    'export const first = (texts: string[]): string => texts[0];\n',
    "'string | undefined' is not assignable",
  ],
  'server/enum.ts': ['export enum State {\n  Open,\n}\n', 'erasableSyntaxOnly'],
};

const types = {
  canaries: Object.entries(typeFaults).map(([file, [, message]]) => ({
    name: `types of ${file}`,
    isSeen: ({ output }) =>
      output.split('\n').some((line) => line.startsWith(file) && line.includes(message)),
  })),
  check: () =>
    checkIn(
      {
        ...Object.fromEntries(Object.entries(typeFaults).map(([file, [text]]) => [file, text])),
        // A test with Node's types must not lend them to the console.
        'web/socket.test.ts': `import { WebSocket } from 'ws';\nexport const open = WebSocket.OPEN;\n`,
      },
      folderSettings,
      [binary('tsc'), '-b', '--pretty', 'false', 'protocol', 'client', 'server', 'web'],
    ),
};

const unit = {
  canaries: [
    {
      name: 'a red unit test',
      isSeen: ({ code, output }) => code !== 0 && /1 failed \| 1 passed/.test(output),
    },
  ],
  check: () =>
    checkIn(
      {
        'server/red.test.ts': `import { expect, test } from 'vitest';
test('this one is red', () => expect(1).toBe(2));
test('this one is green', () => expect(1).toBe(1));
`,
      },
      ['vitest.config.ts'],
      [binary('vitest'), 'run'],
    ),
};

const browserTests = {
  canaries: [
    {
      name: 'a red story',
      isSeen: ({ code, output }) =>
        code !== 0 && /1 failed/.test(output) && /1 passed/.test(output),
    },
  ],
  check: () =>
    checkIn(
      {
        'e2e/red.spec.ts': `import { expect, test } from '@playwright/test';
test('this one is red', () => expect(1).toBe(2));
test('this one is green', () => expect(1).toBe(1));
`,
      },
      ['playwright.config.ts'],
      [binary('playwright'), 'test'],
    ),
};

const deadCode = {
  canaries: [
    {
      name: 'an export that nobody imports',
      isSeen: ({ code, output }) => code !== 0 && /forgotten\s+server\/clock\.ts/.test(output),
    },
    {
      name: 'a file that nobody imports',
      isSeen: ({ code, output }) => code !== 0 && /^server\/lonely\.ts/m.test(output),
    },
  ],
  check: () =>
    checkIn(
      {
        'server/main.ts': `import { now } from './clock.ts';\nnow();\n`,
        'server/clock.ts': 'export const now = () => 1;\nexport const forgotten = () => 2;\n',
        'server/lonely.ts': tidy,
      },
      ['knip.json', 'package.json'],
      [binary('knip'), '--no-progress', '--include', 'files,exports'],
    ),
};

const hatches = {
  canaries: [
    {
      name: 'escape hatches over their budget',
      isSeen: ({ code, output }) =>
        code !== 0 &&
        ['1 lint disabled', '1 @ts- comment', '1 !', '1 any', '1 as unknown as'].every((count) =>
          output.includes(count),
        ),
    },
  ],
  check: () => {
    // Put together here, so that this file holds none itself.
    const disable = ['oxlint', 'disable-next-line eqeqeq'].join('-');
    const ignore = ['@ts', 'ignore'].join('-');
    const folder = makeNursery(
      {
        'server/escapes.ts': `// ${disable}\n// ${ignore}\nexport const one = two! as unknown as any;\n`,
      },
      [],
    );
    const counter = path.join(root, 'scripts', 'countHatches.mjs');
    return runProcess(process.execPath, [counter, folder], { stdio: 'capture' });
  },
};

/** Code that no compressor makes smaller. */
const heavy = `export const bytes = '${randomBytes(100_000).toString('base64')}';\n`;
const light = "import('./lazy.js');\nnew Worker(new URL('worker.js', import.meta.url));\n";

const sizeBudget = {
  canaries: [
    {
      name: 'a page that begins with too much, though the entry itself is small',
      isSeen: ({ code, output }) =>
        code !== 0 && /assets\/shared\.js/.test(output) && /Over the budget/.test(output),
    },
    {
      name: 'what is fetched later and workers do not count for the size budget',
      isSeen: ({ output }) => /initial JavaScript: 0\.\d kB/.test(output),
    },
  ],
  check: async () => {
    const folder = makeNursery(
      { ...page('heavy', "import './shared.js';\n"), ...page('light', light) },
      [],
    );
    const script = path.join(root, 'scripts', 'sizeBudget.mjs');
    const checkPart = (part) =>
      runProcess(process.execPath, [script, path.join(folder, part)], { stdio: 'capture' });
    const [overBudget, within] = await Promise.all([checkPart('heavy'), checkPart('light')]);
    return { code: overBudget.code, output: `${overBudget.output}\n${within.output}` };
  },
};

function page(folder, entry) {
  return {
    [`${folder}/index.html`]: '<script type="module" src="/assets/entry.js"></script>',
    [`${folder}/assets/entry.js`]: entry,
    [`${folder}/assets/shared.js`]: heavy,
    [`${folder}/assets/lazy.js`]: heavy,
    [`${folder}/assets/worker.js`]: heavy,
  };
}

const spaces = {
  canaries: [
    {
      name: 'a space off the grid in a style sheet',
      isSeen: ({ code, output }) =>
        code !== 0 && output.includes('web/log/off.css:2: gap: 6px 8px'),
    },
    {
      name: 'spaces on the grid, hairlines and sizes may be what they are',
      isSeen: ({ output }) => output !== '' && !output.includes('web/log/on.css'),
    },
  ],
  check: () => {
    const folder = makeNursery(
      {
        'web/log/off.css': '.off {\n  gap: 6px 8px;\n}\n',
        'web/log/on.css':
          '.on {\n  width: 6px;\n  margin: -8px 0 2px;\n  padding: calc(4px + 1em);\n}\n',
      },
      [],
    );
    const script = path.join(root, 'scripts', 'checkSpaces.mjs');
    return runProcess(process.execPath, [script, folder], { stdio: 'capture' });
  },
};

export const toolCanaries = [
  format,
  types,
  unit,
  browserTests,
  deadCode,
  hatches,
  sizeBudget,
  spaces,
];

function checkIn(planted, copied, [file, ...args]) {
  const cwd = makeNursery(planted, copied);
  return runProcess(file, args, { cwd, stdio: 'capture', timeoutMs: 60_000 });
}
