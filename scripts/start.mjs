#!/usr/bin/env node
// `npm start` and the `seshdeck` command. A clone is installed and built when needed; a package has
// its build. Every flag goes to the server. Plain Node: a fresh clone has no dependencies.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { requireNode } from './requireNode.mjs';

requireNode();

const shell = process.ppid;
const isClone = existsSync(new URL('../server/main.ts', import.meta.url));
const { isReady } = isClone ? await import('./readyClone.mjs') : { isReady: () => true };
if (await isReady()) {
  // Since Node 22: what was compiled at an earlier start is used again.
  module.enableCompileCache?.();
  // In this process, so that signals, the exit code and the terminal are the server's own.
  await import(new URL('../dist/server.mjs', import.meta.url).href);
  if (['start', 'npx'].includes(process.env.npm_lifecycle_event)) stopWithShell();
}

/** npm runs us in a shell. Some shells stay between, end with a signal to npm and do not pass it on. */
function stopWithShell() {
  const timer = setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => clearInterval(timer));
}
