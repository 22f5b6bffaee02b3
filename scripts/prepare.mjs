import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './prepareLock.mjs';
import { runNpm, runProcess } from './runProcess.mjs';
import { sourceStamp } from './sourceStamp.mjs';

/** Folder of the repository, with no slash at the end. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const stampFile = 'dist/.stamp';

/** A failure whose message says what to do; the scripts print it without a stack. */
export class PrepareError extends Error {}

/**
 * Installs the dependencies unless those in node_modules are the ones of package-lock.json.
 * @throws {PrepareError} if npm fails.
 */
export async function ensureInstalled() {
  if (!isInstalled()) await alone(root, install);
}

/**
 * Builds dist/ unless it was built from exactly these sources; installs first what that takes.
 * @throws {PrepareError} if npm or the build fails.
 */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await ensureInstalled();
  await alone(root, build);
}

async function install() {
  if (isInstalled()) return; // Another script did it while we waited.
  print('Installing the dependencies (npm ci), about 20 s …');
  // Building needs the development dependencies, whatever NODE_ENV or the user's npm settings say.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const { code } = await runNpm([...args, '--loglevel=error'], { cwd: root, stdio: 'stderr' });
  if (code === 127) throw new PrepareError('npm was not found. Install Node.js together with npm.');
  if (code !== 0) {
    throw new PrepareError('npm ci failed. Fix the error above, then try again.');
  }
}

async function build() {
  if (isBuilt()) return;
  print('Building the console and the server …');
  // Its own process: the bundler's memory and settings must not stay in the server's.
  const script = path.join(root, 'scripts', 'build.mjs');
  const { code } = await runProcess(process.execPath, [script], { cwd: root, stdio: 'stderr' });
  if (code !== 0) {
    throw new PrepareError('The build failed. Fix the error above, then try again.');
  }
}

/** Runs a script's main part; failures become one line and an exit code, not a stack. */
export async function orExit(main) {
  try {
    return await main();
  } catch (error) {
    print(error instanceof PrepareError ? error.message : (error?.stack ?? String(error)));
    process.exit(1);
  }
}

/** Says a line to the person who started us; stdout belongs to what we start. */
export function print(line) {
  process.stderr.write(`seshdeck: ${line}\n`);
}

/** Whether dist/ was built from exactly these sources. */
export function isBuilt() {
  try {
    return readFileSync(path.join(root, stampFile), 'utf8') === sourceStamp(root);
  } catch {
    return false;
  }
}

/**
 * Compares npm's record of what it installed with the lock file, package by package: times say
 * nothing after a checkout, and npm writes the record last, so half an installation has none.
 */
function isInstalled() {
  const wanted = lockedPackages('package-lock.json');
  const installed = lockedPackages('node_modules/.package-lock.json');
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional }]) =>
      place === '' ||
      installed[place]?.version === version ||
      // Packages for other systems are in the lock file only.
      ((optional || devOptional) && !installed[place]),
  );
}

function lockedPackages(file) {
  const lockFile = path.join(root, file);
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : undefined;
}
