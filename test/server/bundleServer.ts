import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Makes one file of the server, as it is shipped. It starts in a seventh of the processor time that
 * the sources take through tsx, which counts where a test starts many.
 * @param main Another file than the server's to begin with, from the root of the project.
 * @returns Its path, inside `outDir`.
 */
export async function bundleServer(outDir: string, main = 'server/main.ts'): Promise<string> {
  await build({
    root,
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { ssr: main, outDir, sourcemap: false },
  });
  return path.join(outDir, 'server.mjs');
}
