// `npm run check`: everything that needs no browser.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { countCanaries, countStep, countUnitTests, unitResultFile } from './countResults.mjs';
import { isMain } from './isMain.mjs';
import { ensureInstalled, orExit, root } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

/** Stops a step that hangs. On an otherwise idle machine the unit tests take 240 to 300 s. */
const stepTimeoutMs = 480_000;
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const node = process.execPath;

/** The slowest first, so that the short ones fill the gaps beside it. */
const steps = [
  {
    name: 'unit tests',
    file: bin('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResultFile}`],
    count: countUnitTests,
  },
  { name: 'canaries', file: node, args: ['scripts/canaries/run.mjs'], count: countCanaries },
  { name: 'lint', file: bin('oxlint'), args: ['--deny-warnings'] },
  { name: 'dead code', file: bin('knip'), args: ['--no-progress'] },
  { name: 'types', file: bin('tsc'), args: ['-b', '--pretty', 'false'] },
  { name: 'format', file: bin('oxfmt'), args: ['--check', '.'] },
  {
    name: 'docs up to date',
    file: node,
    args: ['--import', 'tsx', 'scripts/docs.ts', '--check'],
    needs: 'scripts/docs.ts',
  },
  { name: 'usual words', file: node, args: ['scripts/checkWords.mjs'] },
  { name: 'spaces on the grid', file: node, args: ['scripts/checkSpaces.mjs'] },
  {
    name: 'size budget',
    file: node,
    args: ['scripts/sizeBudget.mjs'],
    needs: 'dist/web/index.html',
    alwaysPrints: true,
  },
  { name: 'escape hatches', file: node, args: ['scripts/countHatches.mjs'], alwaysPrints: true },
];

/**
 * Runs every step, two at a time, and prints what failed.
 * @param {{ printsAll?: boolean }} [options] printsAll: what passed is printed too.
 * @returns {Promise<{ passed: number, failed: number }>} Unit tests and canaries count one by one,
 *   any other step as one.
 */
export async function runChecks({ printsAll = false } = {}) {
  await ensureInstalled();
  const waiting = steps.filter(({ needs }) => !needs || existsSync(path.join(root, needs)));
  const results = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      results.push(await run(step, printsAll));
    }
  };
  await Promise.all([work(), work()]);
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function run({ name, file, args, alwaysPrints, count = countStep }, printsAll) {
  const startedAtMs = performance.now();
  const options = { cwd: root, stdio: 'capture', timeoutMs: stepTimeoutMs };
  const outcome = await runProcess(file, args, options);
  const counts = count(outcome);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  const isPrinted = printsAll || alwaysPrints || counts.failed > 0;
  process.stdout.write(
    `${counts.failed === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${isPrinted ? `${outcome.output}\n` : ''}`,
  );
  return counts;
}

if (isMain(import.meta)) {
  const { passed, failed } = await orExit(runChecks);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
