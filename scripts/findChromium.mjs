// Finds a Chromium for the browser tests, or installs one. `node scripts/findChromium.mjs` prints its path.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromiumInstallers, npmStarter } from './installChromium.mjs';
import { isMain } from './isMain.mjs';
import { ensureInstalled, orExit, PrepareError, print } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

const programNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'google-chrome.exe',
  'chrome',
];

/** Chromium without windows, menus and DevTools: what Playwright itself runs without a window. */
const shellNames = ['chromium-headless-shell'];

const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

const advice =
  'No Chromium was found and none could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one.';

/**
 * Path of a Chromium that starts: the one of CHROMIUM_PATH, else the system's, else Playwright's, else
 * one that is installed now.
 * @throws {PrepareError} when there is none; its message says what to do.
 */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (await starts(chosen)) return chosen;
    throw new PrepareError(`CHROMIUM_PATH is "${chosen}", which does not start as a browser.`);
  }
  return (await installedChromium()) ?? (await installChromium());
}

async function installedChromium() {
  return (await systemChromium()) ?? (await playwrightChromium()) ?? firstThatStarts([npmStarter]);
}

/**
 * What most stories run in: the shell where there is one, which takes a sixth less processor time.
 * @returns {Promise<string>} Its path; {@link findChromium} otherwise, or when CHROMIUM_PATH chooses.
 */
export async function findShell(chromium) {
  if (process.env.CHROMIUM_PATH) return chromium;
  return (await firstThatStarts(inPath(shellNames))) ?? chromium;
}

async function systemChromium() {
  return firstThatStarts([...inPath(programNames), ...usualPlaces]);
}

function inPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test');
  return firstThatStarts([chromium.executablePath()]);
}

async function installChromium() {
  for (const { name, install } of chromiumInstallers()) {
    print(`No Chromium found; installing one (${name}) …`);
    await install();
    const found = await installedChromium();
    if (found) return found;
    print(`${name} gave no Chromium that starts.`);
  }
  throw new PrepareError(advice);
}

async function firstThatStarts(files) {
  for (const file of files) if (await starts(file)) return file;
  return undefined;
}

/** A file may be there and still not be a browser: Ubuntu's is a stub that asks for a snap, and libraries may be missing. */
async function starts(file) {
  if (!isExecutable(file)) return false;
  // On Windows `--version` opens a window instead.
  if (process.platform === 'win32') return true;
  const { code } = await runProcess(file, ['--version'], { stdio: 'capture', timeoutMs: 30_000 });
  return code === 0;
}

function isExecutable(file) {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (isMain(import.meta)) {
  await orExit(async () => {
    await ensureInstalled();
    process.stdout.write(`${await findChromium()}\n`);
  });
}
