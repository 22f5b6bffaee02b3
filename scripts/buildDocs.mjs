// The documentation as a site, for the server to serve at /docs. `node scripts/buildDocs.mjs FOLDER`
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isMain } from './isMain.mjs';
import { orExit, PrepareError, root } from './prepare.mjs';

/** Pages that are no files of docs/. */
const otherPages = ['SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md'];

const isClone = existsSync(path.join(root, '.git'));

const lessonsFolder = 'web/tutorial/lessons';

/**
 * Builds the site.
 * @param {string} outDir The folder of the console; gets the folder `docs`.
 * @throws {PrepareError} if a link of a page leads nowhere, or the build fails.
 */
export async function buildDocs(outDir) {
  const assets = await bundle(outDir);
  const { pages, copied, search, faults } = await render(assets);
  if (faults.length > 0) throw new PrepareError(inWords(faults));
  for (const [address, html] of pages) write(outDir, pageFile(address), html);
  write(outDir, 'docs/search.json', JSON.stringify(search));
  for (const file of copied) {
    const target = path.join(outDir, 'docs', file.replace(/^docs\//, ''));
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(path.join(root, file), target);
  }
}

/** @returns {Promise<import('../web/docs/renderSite.tsx').DocSite>} */
async function render(assets) {
  const { runnerImport } = await import('vite');
  const file = path.join(root, 'web', 'docs', 'renderSite.tsx');
  const { module } = await runnerImport(file, {
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [withoutStyles],
  });
  return module.renderSite({
    texts: new Map(pageTexts()),
    lessons: lessonTitles(),
    // The build of a container has not all sources that pages link to.
    exists: (file) => !isClone || existsSync(path.join(root, file)),
    assets,
  });
}

/** Style sheets are for browsers: {@link bundle} has them. */
const withoutStyles = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0no-style' : undefined),
  load: (id) => (id === '\0no-style' ? 'export {};' : undefined),
};

/** @returns {string} One line for each fault. */
function inWords(faults) {
  return faults.map(({ path: file, message }) => `${file}: ${message}`).join('\n');
}

function pageTexts() {
  const files = readdirSync(path.join(root, 'docs'), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.split(path.sep).join('/')}`)
    .toSorted();
  return [...files, ...otherPages].map((file) => [
    file,
    readFileSync(path.join(root, file), 'utf8'),
  ]);
}

function lessonTitles() {
  const files = readdirSync(path.join(root, lessonsFolder)).map(
    (name) => `${lessonsFolder}/${name}`,
  );
  return new Map(
    files.map((file) => {
      const [, title = ''] =
        /^title: (.*)$/m.exec(readFileSync(path.join(root, file), 'utf8')) ?? [];
      return [file, title];
    }),
  );
}

/** Script and style sheet of all pages. @returns {Promise<{ script: string, style: string }>} */
async function bundle(outDir) {
  const { build } = await import('vite');
  try {
    const { output } = await build({
      configFile: false,
      root: path.join(root, 'web'),
      logLevel: 'warn',
      publicDir: false,
      build: {
        outDir,
        emptyOutDir: false,
        assetsDir: 'docs/assets',
        cssCodeSplit: false,
        target: 'es2022',
        reportCompressedSize: false,
        rolldownOptions: {
          input: path.join(root, 'web', 'docs', 'browser', 'docsPage.ts'),
          checks: { pluginTimings: false },
          // Not a module: it has to run before the page is painted.
          output: { format: 'iife' },
        },
      },
    });
    const addressOf = (end) => `/${output.find(({ fileName }) => fileName.endsWith(end)).fileName}`;
    return { script: addressOf('.js'), style: addressOf('.css') };
  } catch (error) {
    throw new PrepareError(error.message, { cause: error });
  }
}

/** `/docs` → `docs/index.html`, `/docs/client` → `docs/client.html`. */
function pageFile(address) {
  return address === '/docs' ? 'docs/index.html' : `${address.slice(1)}.html`;
}

function write(outDir, file, text) {
  mkdirSync(path.dirname(path.join(outDir, file)), { recursive: true });
  writeFileSync(path.join(outDir, file), text);
}

if (isMain(import.meta)) await orExit(() => buildDocs(path.resolve(process.argv[2] ?? 'dist/web')));
