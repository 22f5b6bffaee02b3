// `npm run e2e`: the stories in a real browser against real servers. Arguments go to Playwright.
import path from 'node:path';
import { countStories } from './countResults.mjs';
import { findChromium, findShell } from './findChromium.mjs';
import { isMain } from './isMain.mjs';
import { ensureBuilt, ensureInstalled, orExit, root } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

/**
 * Builds, finds a browser and runs Playwright.
 * @returns {Promise<{ code: number, passed: number, failed: number }>} A run that broke off counts as
 *   one failure.
 */
export async function runE2e(args = []) {
  await ensureInstalled();
  await ensureBuilt();
  const chromium = await findChromium();
  const env = {
    ...process.env,
    CHROMIUM_PATH: await findShell(chromium),
    FULL_CHROMIUM_PATH: chromium,
  };
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { code } = await runProcess(process.execPath, [cli, 'test', ...args], { cwd: root, env });
  return { code, ...countStories({ code }) };
}

if (isMain(import.meta)) {
  const { code } = await orExit(() => runE2e(process.argv.slice(2)));
  process.exitCode = code;
}
