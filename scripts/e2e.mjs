// `npm run e2e`: the stories in a real browser against real servers. Arguments go to Playwright.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, orExit, root } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

const resultFile = path.join(root, 'test-results', 'e2e.json');

/**
 * Runs Playwright.
 * @returns {Promise<{ code: number, passed: number, failed: number }>} A run that broke off before
 *   its first test counts as one failure.
 */
export async function runE2e(args = []) {
  await ensureInstalled();
  await ensureBuilt();
  // Only now: it needs what has just been installed.
  const { findChromium } = await import('./findChromium.mjs');
  const env = { ...process.env, CHROMIUM_PATH: await findChromium() };
  rmSync(resultFile, { force: true });
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { code } = await runProcess(process.execPath, [cli, 'test', ...args], { cwd: root, env });
  return { code, ...countTests(code) };
}

function countTests(code) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = JSON.parse(readFileSync(resultFile, 'utf8')).stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { code } = await orExit(() => runE2e(process.argv.slice(2)));
  process.exitCode = code;
}
