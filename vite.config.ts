import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type ProxyOptions, type UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const define = { __APP_VERSION__: JSON.stringify(version) };

/** Where `npm run dev` has its server. */
const devServer = `http://127.0.0.1:${process.env['SESHDECK_DEV_PORT'] ?? '1987'}`;

/** Paths that the server answers itself; everything else over HTTP is the console's. */
const serverPaths: ProxyOptions = { target: devServer, ws: true };

/** Sockets to any other path are the data socket, as they are on the real server; but one is Vite's. */
const dataSocket: ProxyOptions = {
  target: devServer,
  ws: true,
  bypass: ({ headers, url = '/' }) => {
    const isSocket = headers.upgrade !== undefined;
    const isOfVite = headers['sec-websocket-protocol']?.startsWith('vite-') ?? false;
    return isSocket && !isOfVite ? undefined : url;
  },
};

/**
 * What several later parts use, in one file: each one more is a request, and a name in the first script,
 * where names do not compress. Several files of it would import one another, and then one is used before it
 * has run. Ours and the icons only: the editor's modules stay with the editor.
 */
const sharedByParts = {
  name: 'shared',
  test: /\/(?:web|protocol)\/|\/lucide-react\//,
  minShareCount: 2,
};

const consoleBuild: UserConfig = {
  root: 'web',
  define,
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The server's Content-Security-Policy has no data: for fonts, scripts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco is a lazy chunk of about 4 MB and loads after the first paint.
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    // Advice about slow plugins, which appears on a busy machine, does not help who starts the server.
    rolldownOptions: {
      checks: { pluginTimings: false },
      // The contract is pure: of a file of it that is imported, what nobody uses may go, catalog included.
      treeshake: { moduleSideEffects: [{ test: /\/protocol\//, sideEffects: false }] },
      output: {
        // The first script names all parts, and random characters do not compress: six of them are enough.
        chunkFileNames: 'assets/[name]-[hash:6].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
        codeSplitting: {
          groups: [
            // All that the page begins with in one file: fewer requests, and it compresses better.
            { name: 'initial', tags: ['$initial'], priority: 2 },
            { ...sharedByParts, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    proxy: {
      '^/(inspect|healthz|readyz|metrics|docs)(/|\\?|$)': serverPaths,
      '^/': dataSocket,
    },
  },
};

/** The engine of patterns stays a file of its own, as the server loads it with the first pattern. */
const patternsApart: Plugin = {
  name: 'patterns-apart',
  transform(code, id) {
    if (!id.endsWith('/server/jsonPath/patterns.ts')) return undefined;
    const changed = code.replace(/\(['"]re2js['"]\)/, "('./re2js.cjs')");
    if (changed === code) this.error('Nothing loads re2js there any more');
    return { code: changed, map: null };
  },
  writeBundle({ dir = '.' }) {
    copyFileSync(createRequire(import.meta.url).resolve('re2js'), join(dir, 're2js.cjs'));
  },
};

const timers = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'performance',
];

const serverBuild: UserConfig = {
  define,
  plugins: [patternsApart],
  publicDir: false,
  // One file that runs without node_modules, but for patterns and Redis, which few servers need.
  ssr: { noExternal: true },
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      output: {
        // The testing kit loads the other entry into its process, with what both share.
        entryFileNames: ({ name }) => (name === 'inProcess' ? 'inProcess.mjs' : 'server.mjs'),
        // A test that puts fake timers in place of these stops itself, and not the server in its process.
        banner: `const { ${timers.join(', ')} } = globalThis;`,
        chunkFileNames: '[name].mjs',
        codeSplitting: {
          groups: [
            { name: 'redis', test: /node_modules\/(?:@?ioredis|redis-)/, priority: 1 },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? serverBuild : consoleBuild));
