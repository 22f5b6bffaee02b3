// `npm run check`: everything that can be told without a browser.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, orExit, root } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

const unitResultFile = path.join(root, 'test-results', 'unit.json');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

const steps = [
  { name: 'format', file: bin('oxfmt'), args: ['--check', '.'] },
  { name: 'lint', file: bin('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: 'types', file: bin('tsc'), args: ['-b'] },
  { name: 'dead code', file: bin('knip'), args: ['--no-progress'] },
  {
    name: 'unit tests',
    file: bin('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResultFile}`],
    count: countUnitTests,
  },
  { name: 'escape hatches', file: process.execPath, args: ['scripts/countHatches.mjs'] },
  { name: 'canaries', file: process.execPath, args: ['scripts/canaries/run.mjs'] },
];

/**
 * Runs every step, two at a time, and prints what failed.
 * @returns {Promise<{ passed: number, failed: number }>} Unit tests count one by one, any other
 *   step as one.
 */
export async function runChecks() {
  await ensureInstalled();
  rmSync(unitResultFile, { force: true });
  const waiting = steps.filter(
    ({ args }) => !args[0].endsWith('.mjs') || existsSync(path.join(root, args[0])),
  );
  const results = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step));
  };
  await Promise.all([work(), work()]);
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function run({ name, file, args, count = countStep }) {
  const startedAtMs = performance.now();
  const { code, output } = await runProcess(file, args, { cwd: root, stdio: 'capture' });
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  if (code !== 0 || count === countUnitTests) process.stdout.write(`${output}\n`);
  return count(code);
}

function countStep(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function countUnitTests(code) {
  if (!existsSync(unitResultFile)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(unitResultFile, 'utf8'));
  const isBrokenOff = code !== 0 && numFailedTests === 0;
  return { passed: numPassedTests, failed: isBrokenOff ? 1 : numFailedTests };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await orExit(runChecks);
  process.exitCode = failed > 0 ? 1 : 0;
}
