// `npm run build`: console and documentation into dist/web, the server into dist/server.mjs, the client into dist/client.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildClient } from './buildClient.mjs';
import { buildDocs } from './buildDocs.mjs';
import { buildServer } from './buildServer.mjs';
import { compressSite } from './compressSite.mjs';
import { ensureInstalled, orExit, PrepareError, root } from './prepare.mjs';
import { initialScripts, inWords, isOverBudget } from './sizeBudget.mjs';
import { sourceStamp } from './sourceStamp.mjs';

// Built aside and then swapped in, so that a failed build leaves the last good one.
const fresh = path.join(root, '.cache', `build-${process.pid}`);
const dist = path.join(root, 'dist');

await orExit(async () => {
  await ensureInstalled();
  // Taken before the sources are read: one that is saved meanwhile makes this build stale.
  const stamp = sourceStamp(root);
  try {
    await Promise.all([bundle(), buildClient(fresh)]);
    await buildDocs(path.join(fresh, 'web'));
    refuseInlineScript(path.join(fresh, 'web', 'index.html'));
    refuseHeavyStart(path.join(fresh, 'web'));
    await compressSite(path.join(fresh, 'web'));
    writeFileSync(path.join(fresh, '.stamp'), stamp);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
});

async function bundle() {
  const { build } = await import('vite');
  const web = { root: path.join(root, 'web'), build: { outDir: path.join(fresh, 'web') } };
  try {
    await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn', ...web });
    await buildServer(fresh);
  } catch (error) {
    throw new PrepareError(error.message, { cause: error });
  }
}

/** The server's Content-Security-Policy would block it, and only a browser would notice. */
function refuseInlineScript(page) {
  const inline = readFileSync(page, 'utf8').match(/<script(?![^>]*\ssrc=)[^>]*>/i);
  if (inline) throw new PrepareError(`${page} has a script without src: ${inline[0]}`);
}

/** What the page begins with must stay small enough to be there at once. */
function refuseHeavyStart(folder) {
  const scripts = initialScripts(folder);
  if (isOverBudget(scripts)) throw new PrepareError(inWords(scripts));
}
