import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';
import { runNpm, runProcess } from './runProcess.mjs';

// Long enough for a slow line, short enough that a line which swallows packets does not hold up CI.
const downloadTimeoutMs = 300_000;

const npmHome = path.join(root, '.cache', 'chromium');

/** Where the npm package's Chromium is started from, once it is installed. */
export const npmStarter = path.join(npmHome, 'chromium.sh');

/** Carries its own Chromium and libraries, so it needs neither another download nor root; Linux x64. */
const npmPackage = '@sparticuz/chromium';
const npmVersion = '143.0.4';

/**
 * Ways to get a Chromium on this machine, the most promising first. No `install` throws or reports how it
 * went: the caller looks whether there is a browser now.
 * @returns {{ name: string, install: () => Promise<void> }[]}
 */
export function chromiumInstallers() {
  const apt = { name: 'apt-get install chromium', install: installWithApt };
  const playwright = { name: 'playwright install chromium', install: installWithPlaywright };
  const npm = { name: `npm package ${npmPackage}`, install: installWithNpm };
  const installers = canUseApt() ? [playwright, apt, npm] : [playwright, npm];
  // Debian's package is smaller than Playwright's download and brings the libraries a bare container
  // lacks. Ubuntu's is a stub that asks for a snap, so there Playwright's goes first.
  if (canUseApt() && !linuxName().includes('ubuntu')) installers.splice(0, 2, apt, playwright);
  return installers.filter((one) => one !== npm || canRunNpmChromium());
}

async function installWithApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: 'stderr', timeoutMs: downloadTimeoutMs };
  const wait = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  await runProcess('apt-get', [...wait, 'update'], options);
  const what = ['install', '-y', '--no-install-recommends', 'chromium'];
  await runProcess('apt-get', [...wait, ...what], options);
}

async function installWithPlaywright() {
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  // It can install the libraries too, on the systems whose package manager it knows.
  const libraries = canUseApt() ? ['--with-deps'] : [];
  await runProcess(process.execPath, [cli, 'install', '--no-shell', ...libraries, 'chromium'], {
    cwd: root,
    stdio: 'stderr',
    timeoutMs: downloadTimeoutMs,
  });
}

/**
 * The package unpacks its Chromium into the temporary folder and expects the caller to set the paths
 * of its libraries and fonts. Here it goes into .cache, with a starter that sets them.
 */
async function installWithNpm() {
  const files = path.join(npmHome, 'files');
  mkdirSync(files, { recursive: true });
  const install = ['install', '--prefix', npmHome, '--no-save', '--no-audit', '--no-fund'];
  const { code } = await runNpm([...install, `${npmPackage}@${npmVersion}`], {
    cwd: npmHome,
    stdio: 'stderr',
    timeoutMs: downloadTimeoutMs,
  });
  if (code !== 0) return;

  const unpack = `import(${JSON.stringify(npmPackage)}).then((p) => p.default.executablePath())`;
  // When it believes it is on Amazon's Linux, it unpacks its own copies of the libraries too.
  const env = { ...process.env, TMPDIR: files, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  await runProcess(process.execPath, ['-e', unpack], { cwd: npmHome, env, stdio: 'stderr' });
  writeStarter(files);
}

function writeStarter(files) {
  // Without a font Chromium draws no text, and every name that a test looks for is empty.
  const fonts = path.join(npmHome, 'fonts.conf');
  writeFileSync(
    fonts,
    `<?xml version="1.0"?>
<fontconfig>
  <dir>${files}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${npmHome}/font-cache</cachedir>
</fontconfig>
`,
  );
  writeFileSync(
    npmStarter,
    `#!/bin/sh
export LD_LIBRARY_PATH="${files}/al2023/lib:$LD_LIBRARY_PATH"
export FONTCONFIG_FILE="${fonts}"
exec "${files}/chromium" "$@"
`,
  );
  chmodSync(npmStarter, 0o755);
}

function canRunNpmChromium() {
  return process.platform === 'linux' && process.arch === 'x64';
}

function canUseApt() {
  const isRoot = process.getuid?.() === 0;
  return isRoot && /debian|ubuntu/.test(linuxName()) && existsSync('/usr/bin/apt-get');
}

/** ID and ID_LIKE of the Linux we are on, such as "ubuntu debian"; "" elsewhere. */
function linuxName() {
  if (!existsSync('/etc/os-release')) return '';
  const lines = readFileSync('/etc/os-release', 'utf8').match(/^ID(_LIKE)?=.*$/gm) ?? [];
  return lines.map((line) => line.split('=')[1].replaceAll('"', '')).join(' ');
}
