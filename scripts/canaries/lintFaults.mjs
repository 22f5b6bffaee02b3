// Faults against single rules, and neighbours that must pass.

const asModule = (text) => `${text}\nexport {};\n`;
const lines = (count) => '// line\n'.repeat(count);

/** @type {{ rule: string, file: string, text: string }[]} */
export const lintFaults = [
  {
    rule: 'no-cycle',
    file: 'server/cycleOne.ts',
    text: `import { two } from './cycleTwo.ts';\nexport const one = (): number => two() + 1;\n`,
  },
  {
    rule: 'no-cycle',
    file: 'server/cycleTwo.ts',
    text: `import { one } from './cycleOne.ts';\nexport const two = (): number => one() + 1;\n`,
  },
  // Types only: nothing runs in a circle, but the two still cannot be understood apart.
  {
    rule: 'no-cycle',
    file: 'server/typeCycleOne.ts',
    text: `import type { Two } from './typeCycleTwo.ts';\nexport interface One {\n  readonly two: Two | undefined;\n}\n`,
  },
  {
    rule: 'no-cycle',
    file: 'server/typeCycleTwo.ts',
    text: `import type { One } from './typeCycleOne.ts';\nexport interface Two {\n  readonly one: One | undefined;\n}\n`,
  },
  {
    rule: 'no-default-export',
    file: 'server/defaultExport.ts',
    text: 'export default function start() {}\n',
  },
  {
    rule: 'no-barrel-file',
    file: 'web/log/barrel.ts',
    text: `export * from './messageLog.ts';\n`,
  },
  ...['protocol', 'server', 'web/log'].map((folder) => ({
    rule: 'no-restricted-properties',
    file: `${folder}/plainJson.ts`,
    text: 'export const tkn: unknown = JSON.parse("1");\n',
  })),
  {
    rule: 'no-restricted-properties',
    file: 'web/log/takenApart.ts',
    text: 'const { stringify } = JSON;\nexport const text = stringify(1);\n',
  },
  {
    rule: 'no-restricted-globals',
    file: 'server/readsEnvironment.ts',
    text: 'export const port = process.env.PORT;\n',
  },
  { rule: 'no-console', file: 'server/speaks.ts', text: asModule(`console.log('here');`) },
  {
    rule: 'no-floating-promises',
    file: 'server/leavesPromise.ts',
    text: 'const save = async () => 1;\nexport function go() {\n  save();\n}\n',
  },
  {
    rule: 'no-misused-promises',
    file: 'web/log/Misuse.tsx',
    text: `const save = async () => {};\nexport const Misuse = () => <button type="button" onClick={save}>Save</button>;\n`,
  },
  {
    rule: 'switch-exhaustiveness-check',
    file: 'server/misses.ts',
    text: `export function word(state: 'open' | 'closed') {\n  switch (state) {\n    case 'open':\n      return 1;\n  }\n  return 0;\n}\n`,
  },
  {
    rule: 'switch-exhaustiveness-check',
    file: 'server/defaults.ts',
    text: `export function word(state: 'open' | 'closed') {\n  switch (state) {\n    case 'open':\n      return 1;\n    case 'closed':\n      return 0;\n    default:\n      return 2;\n  }\n}\n`,
  },
  {
    rule: 'no-unnecessary-condition',
    file: 'server/doubts.ts',
    text: 'export const length = (params: { keys: string[] }) => params.keys?.length ?? 0;\n',
  },
  {
    rule: 'no-explicit-any',
    file: 'server/anything.ts',
    text: 'export const size = (value: any) => [value].length;\n',
  },
  {
    rule: 'no-non-null-assertion',
    file: 'server/insists.ts',
    text: 'export const first = (entries: Map<string, string>) => entries.get("a")!;\n',
  },
  {
    rule: 'ban-ts-comment',
    file: 'server/silences.ts',
    text: '// @ts-ignore\nexport const port: number = "80";\n',
  },
  {
    rule: 'no-unnecessary-type-assertion',
    file: 'server/repeats.ts',
    text: 'export const text = (value: string) => value as string;\n',
  },
  {
    rule: 'consistent-type-imports',
    file: 'server/typesAsValues.ts',
    text: `import { Clock } from './clock.ts';\nexport const now = (clock: Clock) => clock;\n`,
  },
  {
    rule: 'max-depth',
    file: 'server/deep.ts',
    text: 'export function deep(n: number) {\n  if (n > 1) {\n    if (n > 2) {\n      if (n > 3) {\n        if (n > 4) return 1;\n      }\n    }\n  }\n  return 0;\n}\n',
  },
  {
    rule: 'max-params',
    file: 'server/manyParams.ts',
    text: 'export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d;\n',
  },
  {
    rule: 'complexity',
    file: 'server/complex.ts',
    text: `export const word = (n: number) => ${'n > 1 && '.repeat(11)}n > 2;\n`,
  },
  {
    rule: 'max-lines-per-function',
    file: 'server/longFunction.ts',
    text: `export function long() {\n${lines(61)}}\n`,
  },
  {
    rule: 'max-lines-per-function',
    file: 'web/log/LongPanel.tsx',
    text: `export function LongPanel() {\n${'  void 0;\n'.repeat(81)}}\n`,
  },
  { rule: 'max-lines', file: 'server/longFile.ts', text: asModule(lines(301)) },
  {
    rule: 'no-else-return',
    file: 'server/elseReturn.ts',
    text: 'export function sign(n: number) {\n  if (n < 0) {\n    return -1;\n  } else {\n    return 1;\n  }\n}\n',
  },
  { rule: 'filename-case', file: 'server/Shouting_Name.ts', text: asModule('') },
  {
    rule: 'rules-of-hooks',
    file: 'web/log/Sometimes.tsx',
    text: `import { useState } from 'react';\nexport function Sometimes({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}\n`,
  },
  {
    rule: 'exhaustive-deps',
    file: 'web/log/Forgets.tsx',
    text: `import { useEffect } from 'react';\nexport function Forgets({ title }: { title: string }) {\n  useEffect(() => {\n    document.title = title;\n  }, []);\n  return null;\n}\n`,
  },
  {
    rule: 'no-danger',
    file: 'web/log/Danger.tsx',
    text: 'export const Danger = ({ html }: { html: string }) => <p dangerouslySetInnerHTML={{ __html: html }} />;\n',
  },
  {
    rule: 'alt-text',
    file: 'web/log/Picture.tsx',
    text: 'export const Picture = () => <img src="/icon.svg" />;\n',
  },
  {
    rule: 'click-events-have-key-events',
    file: 'web/log/MouseOnly.tsx',
    text: 'export const MouseOnly = ({ go }: { go: () => void }) => <div onClick={go}>Go</div>;\n',
  },
  {
    rule: 'prefer-node-protocol',
    file: 'server/oldImport.ts',
    text: `import { join } from 'path';\nexport const here = join('a');\n`,
  },
  {
    rule: 'only-throw-error',
    file: 'server/throwsText.ts',
    text: `export function stop() {\n  throw 'stopped';\n}\n`,
  },
  {
    rule: 'no-promise-executor-return',
    file: 'server/returnsFromExecutor.ts',
    text: `export const wait = new Promise((resolve) => resolve(1));\n`,
  },
  {
    rule: 'eqeqeq',
    file: 'server/doubleEquals.ts',
    text: `export const same = (a: number, b: number) => a == b;\n`,
  },
  {
    rule: 'no-var',
    file: 'server/oldVariable.ts',
    text: `var one = 1;\nexport const two = one;\n`,
  },
  {
    rule: 'prefer-const',
    file: 'server/neverChanges.ts',
    text: `let one = 1;\nexport const two = one;\n`,
  },
  {
    rule: 'no-implied-eval',
    file: 'web/log/evaluates.ts',
    text: `export const later = () => window.setTimeout('go()', 1);\n`,
  },
  {
    rule: 'no-warning-comments',
    file: 'server/promises.ts',
    text: `// ${'TO'}${'DO'}: later\nexport const one = 1;\n`,
  },
  {
    rule: 'no-abusive-eslint-disable',
    file: 'server/silencesAll.ts',
    text: `/* ${'oxlint'}-disable */\nexport const same = (a: number, b: number) => a == b;\n`,
  },
  {
    rule: 'button-has-type',
    file: 'web/log/PlainButton.tsx',
    text: `export const PlainButton = () => <button>Send</button>;\n`,
  },
  {
    rule: 'jsx-no-target-blank',
    file: 'web/log/Away.tsx',
    text: `export const Away = ({ to }: { to: string }) => <a href={to} target="_blank">Away</a>;\n`,
  },
  {
    rule: 'jsx-no-script-url',
    file: 'web/log/ScriptLink.tsx',
    text: `export const ScriptLink = () => <a href="javascript:go()">Go</a>;\n`,
  },
  {
    rule: 'no-unstable-nested-components',
    file: 'web/log/Nested.tsx',
    text: `export function Nested() {\n  const Inner = () => <p>in</p>;\n  return <Inner />;\n}\n`,
  },
  ...['skip', 'only', 'fixme'].map((word) => ({
    rule: 'no-restricted-properties',
    file: `e2e/${word}.spec.ts`,
    text: `import { test } from '@playwright/test';\ntest.${word}('a story', () => {});\n`,
  })),
  {
    rule: 'no-restricted-properties',
    file: 'e2e/sleeps.spec.ts',
    text: `import { test } from '@playwright/test';\ntest('a story', async ({ page }) => {\n  await page.waitForTimeout(500);\n});\n`,
  },
  {
    rule: 'no-restricted-properties',
    file: 'server/left.test.ts',
    text: `import { describe } from 'vitest';\ndescribe.skip('a story', () => {});\n`,
  },
  {
    rule: 'late-only',
    file: 'web/log/bareImport.ts',
    text: `export const load = () => import('./payload.ts');\n`,
  },
  {
    rule: 'late-only',
    file: 'web/app/bareImport.ts',
    text: `export const load = async () => (await import('../log/payload.ts')).payload;\n`,
  },
  {
    rule: 'late-only',
    file: 'web/log/LazyPart.tsx',
    text: `import { lazy } from 'react';\nexport const load = lazy;\n`,
  },
  {
    rule: 'late-only',
    file: 'web/log/ReactLazyPart.tsx',
    text: `import * as React from 'react';\nexport const load = React.lazy;\n`,
  },
  {
    rule: 'Unused oxlint-disable directive',
    file: 'server/idleDirective.ts',
    text: '// oxlint-disable-next-line eqeqeq -- nothing to disable here\nexport const one = 1;\n',
  },
];

/** What the rules above must let through. */
export const lintNeighbours = [
  { file: 'protocol/json/ok.ts', text: 'export const one: unknown = JSON.parse("1");\n' },
  {
    file: 'web/log/OkPanel.tsx',
    text: `export function OkPanel() {\n${'  void 0;\n'.repeat(75)}}\n`,
  },
  { file: 'vite.config.ts', text: 'export default {};\n' },
  {
    file: 'web/log/lateImport.ts',
    text: `import { late } from '../ui/late.tsx';\nexport const load = late(async () => (await import('./payload.ts')).payload);\n`,
  },
];
