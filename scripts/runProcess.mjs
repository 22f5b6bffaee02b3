import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end. A signal to us is passed to the program, so that stopping a script never
 * leaves a compiler or a browser behind.
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: 'capture' | 'stderr' | 'inherit' | 'tee', timeoutMs?: number }} [options]
 *   stdio: `capture` keeps the output, `tee` keeps and prints it, `stderr` sends it all to our stderr.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} Never rejects: a program that
 *   cannot be started has code 127 and the reason as output.
 */
export function runProcess(file, args, options = {}) {
  const { cwd, env, stdio = 'inherit', timeoutMs } = options;
  // Windows starts npm and what is in node_modules/.bin, .cmd files there, only through a shell.
  const shell = process.platform === 'win32' && !file.endsWith('.exe');
  const child = spawn(shell ? `"${file}"` : file, args, {
    cwd,
    env: env ?? process.env,
    stdio: stdioOf(stdio),
    shell,
  });
  const output = collect(child, stdio === 'tee');
  const stopForwarding = forwardSignals(child);
  let timedOut = false;
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, timeoutMs);

  return new Promise((resolve) => {
    const finish = (code) => {
      clearTimeout(timer);
      stopForwarding();
      if (timedOut) output.push(`\nStopped: ${file} took longer than ${timeoutMs} ms.\n`);
      resolve({ code, output: output.join(''), timedOut });
    };
    child.once('error', (error) => {
      output.push(`${file}: ${error.message}\n`);
      finish(127);
    });
    child.once('close', (code, signal) => finish(code ?? exitCodeOfSignal(signal)));
  });
}

/** Runs npm: the one that runs us if there is one, else the one in the path. */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return runProcess(process.execPath, [cli, ...args], options);
  return runProcess('npm', args, options);
}

function stdioOf(stdio) {
  if (stdio === 'inherit') return 'inherit';
  if (stdio === 'stderr') return ['ignore', 2, 2];
  return ['ignore', 'pipe', 'pipe'];
}

function collect(child, print) {
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text) => {
      output.push(text);
      if (print) process.stdout.write(text);
    });
  }
  return output;
}

function forwardSignals(child) {
  const forward = (signal) => {
    child.kill(signal);
    child.once('close', () => process.exit(exitCodeOfSignal(signal)));
  };
  for (const signal of stopSignals) process.once(signal, forward);
  return () => {
    for (const signal of stopSignals) process.removeListener(signal, forward);
  };
}

/** The exit code that shells use when a signal ended a program. */
function exitCodeOfSignal(signal) {
  return 128 + (constants.signals[signal] ?? 1);
}
