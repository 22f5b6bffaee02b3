// The server, and what the testing kit starts in its own process, which share most of their code.
// `node scripts/buildServer.mjs FOLDER`
import path from 'node:path';
import { isMain } from './isMain.mjs';
import { orExit, root } from './prepare.mjs';

/** @param {string} outDir Gets `server.mjs`, `inProcess.mjs` and the files of both. */
export async function buildServer(outDir) {
  const { build } = await import('vite');
  const input = ['server/main.ts', 'server/inProcess.ts'];
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    root,
    logLevel: 'warn',
    build: { ssr: true, outDir, rolldownOptions: { input } },
  });
}

if (isMain(import.meta)) await orExit(() => buildServer(path.resolve(process.argv[2] ?? 'dist')));
