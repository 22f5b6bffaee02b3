// What applications import from the package: modules for `import` and `require`, and their types.
// `node scripts/buildClient.mjs FOLDER`
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMain } from './isMain.mjs';
import { orExit, PrepareError, root } from './prepare.mjs';
import { runProcess } from './runProcess.mjs';

/** What `exports` of package.json names, and the file that it is built from. */
const entries = {
  client: 'client/main.ts',
  'express-session': 'client/expressSession/expressSession.ts',
  'fastify-session': 'client/fastifySession/fastifySession.ts',
  hono: 'client/hono/hono.ts',
  'better-auth': 'client/betterAuth/betterAuth.ts',
  testing: 'client/testing/main.ts',
  'testing-vitest': 'client/testing/vitest/main.ts',
  'testing-playwright': 'client/testing/playwright/main.ts',
  'testing-node-test': 'client/testing/nodeTest/main.ts',
};

/** What the testing kit starts is built with the server, one folder above. */
const inProcessServer = {
  name: 'in-process-server',
  enforce: 'pre',
  resolveId(source) {
    if (!source.endsWith('/server/inProcess.ts')) return undefined;
    return { id: '../inProcess.mjs', external: true };
  },
};

/**
 * Builds the client.
 * @param {string} outDir Gets the folder `client`.
 * @throws {PrepareError} if its types are wrong, or the build fails.
 */
export async function buildClient(outDir) {
  await Promise.all([bundle(path.join(outDir, 'client')), types(path.join(outDir, 'client'))]);
}

async function bundle(outDir) {
  const { build, runnerImport } = await import('vite');
  const factsFile = path.join(root, 'client', 'commandFacts.ts');
  const factsInPlace = {
    name: 'facts-in-place',
    /** What the file works out from the catalog, in place of the file and the catalog. */
    async load(id) {
      if (id !== factsFile) return undefined;
      const { module } = await runnerImport(factsFile, { configFile: false, logLevel: 'error' });
      return `export const commandFacts = ${JSON.stringify(module.commandFacts)};`;
    },
  };
  const kinds = { es: 'mjs', cjs: 'cjs' };
  for (const [format, extension] of Object.entries(kinds)) {
    const fileName = (_format, name) => `${name}.${extension}`;
    const output = { chunkFileNames: `[name]-[hash].${extension}` };
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      publicDir: false,
      plugins: [factsInPlace, inProcessServer],
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2022',
        minify: false,
        reportCompressedSize: false,
        lib: { entry: entries, formats: [format], fileName },
        rolldownOptions: { checks: { pluginTimings: false }, external: /^node:/, output },
      },
    });
  }
}

/** For both kinds of modules, as a declaration says what kind of module it describes. */
async function types(outDir) {
  // Not those of the type check, which may be writing them.
  const declarations = mkdtempSync(path.join(tmpdir(), 'seshdeck-types-'));
  try {
    await declare(declarations);
    const waiting = Object.values(entries);
    const seen = new Set(waiting);
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const written = readFileSync(path.join(declarations, file.replace(/ts$/, 'd.ts')), 'utf8');
      const text = written.replaceAll(quoted, "$1'$2'");
      writeTypes(path.join(outDir, 'types'), file, text);
      waiting.push(...importsOf(file, text).filter((each) => !seen.has(each)));
      waiting.forEach((each) => seen.add(each));
    }
  } finally {
    rmSync(declarations, { recursive: true });
  }
}

const quoted = /(from |import\()"([^"]*)"/g;
/** `from './x.ts'` and `import('./x.ts')`. */
const importedFile = /((?:from |import\(|import )'\.[^']*)\.ts'/g;

function importsOf(file, text) {
  const folder = path.posix.dirname(file);
  const starts = Array.from(text.matchAll(importedFile), ([, start]) => start.split("'")[1]);
  return starts.map((start) => path.posix.join(folder, `${start}.ts`));
}

function writeTypes(folder, file, text) {
  for (const kind of ['m', 'c']) {
    const target = path.join(folder, file.replace(/ts$/, `d.${kind}ts`));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text.replaceAll(importedFile, `$1.${kind}js'`));
  }
}

/** Lets the compiler write the declarations of the entries, and of all that they import. */
async function declare(outDir) {
  const settings = path.join(outDir, 'tsconfig.json');
  const compilerOptions = {
    composite: false,
    allowJs: true,
    declaration: true,
    resolveJsonModule: true,
    stripInternal: true,
    typeRoots: [path.join(root, 'node_modules', '@types')],
    types: ['node'],
    lib: ['ES2023', 'ESNext.Disposable'],
    rootDir: root,
    outDir,
  };
  const files = Object.values(entries).map((file) => path.join(root, file));
  const config = { extends: path.join(root, 'tsconfig.base.json'), compilerOptions, files };
  writeFileSync(settings, JSON.stringify(config));
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
  const run = await runProcess(tsc, ['-p', settings, '--pretty', 'false'], {
    cwd: root,
    stdio: 'capture',
  });
  if (run.code !== 0) throw new PrepareError(`The client has wrong types:\n${run.output}`);
}

if (isMain(import.meta)) await orExit(() => buildClient(path.resolve(process.argv[2] ?? 'dist')));
