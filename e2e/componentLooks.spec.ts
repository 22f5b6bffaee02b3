import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Page, type TestInfo } from '@playwright/test';
import { build, preview } from 'vite';
import { axeFindings } from './pages/axe.ts';
import { gridFaults } from './pages/gridFaults.ts';
import { layoutFaults } from './pages/layoutFaults.ts';
import { looksOf } from './pages/looksOf.ts';

// The page of all components (`npm run dev`, /ui): how each looks is recorded in `e2e/looks`. To record
// a change that is meant: npm run e2e -- e2e/componentLooks.spec.ts --update-snapshots

const looks = fileURLToPath(new URL('looks/', import.meta.url));

/** The browser that drew the recorded pictures, and a sample of how it draws letters. */
const drawnWithFile = path.join(looks, 'drawnWith.json');

const test = base.extend<object, { readonly pageUrl: string }>({
  /** Where the page is served, built as the console is. */
  pageUrl: [
    async ({}, use) => {
      const outDir = mkdtempSync(path.join(tmpdir(), 'seshdeck-components-'));
      const root = fileURLToPath(new URL('../web', import.meta.url));
      const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
      const common = { root, configFile, logLevel: 'error' } as const;
      const input = path.join(root, 'ui.html');
      await build({ ...common, build: { outDir, rolldownOptions: { input } } });
      const served = await preview({
        ...common,
        build: { outDir },
        preview: { port: 0, host: '127.0.0.1' },
      });
      await use(`${served.resolvedUrls?.local[0] ?? ''}ui`);
      await served.close();
      rmSync(outDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** One build of the page for all. */
test.describe.configure({ mode: 'default' });

const fontFace = (family: string, file: string) => {
  const text = readFileSync(path.join(looks, file)).toString('base64');
  return `@font-face { font-family: '${family}'; src: url(data:font/woff2;base64,${text}); }`;
};

/** The same letters on every machine. */
const testFonts = `
  ${fontFace('Words', 'DejaVuSans.woff2')}
  ${fontFace('Data', 'DejaVuSansMono.woff2')}
  :root { --font-ui: Words; --font-mono: Data; }`;

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.addStyleTag({ content: testFonts });
  await page.getByRole('heading', { name: /Components|Cómpónénts/ }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
}

/** A hash of letters as this browser draws them: the same only where pictures can be compared. */
function sampleOf(page: Page): Promise<string> {
  return page
    .evaluate(() => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      if (!context) return '';
      context.font = '500 13px Words';
      context.fillText('Hamburgefonstiv 0123456789', 4.5, 20);
      return canvas.toDataURL();
    })
    .then((drawn) => createHash('sha256').update(drawn).digest('hex').slice(0, 16));
}

const isRecording = (info: TestInfo) => ['all', 'changed'].includes(info.config.updateSnapshots);

/** Compares with the recorded picture, where the same browser with the same letters drew it. */
async function comparePicture(page: Page, name: string, info: TestInfo): Promise<void> {
  const version = page.context().browser()?.version() ?? '';
  const drawnWith = `${JSON.stringify({ version, letters: await sampleOf(page) }, null, 2)}\n`;
  if (isRecording(info)) writeFileSync(drawnWithFile, drawnWith);
  if (readFileSync(drawnWithFile, 'utf8') === drawnWith) {
    await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixels: 50 });
  } else {
    const description = 'not compared: another browser, or other letters, drew the recorded one';
    info.annotations.push({ type: 'picture', description });
  }
}

const views = [
  { name: 'light', query: '', isTheme: true },
  { name: 'dark', query: '?theme=dark', isTheme: true },
  { name: 'forced-colours', query: '', forcedColors: 'active' },
  // What a window of 960 px shows at 200 %.
  { name: 'zoomed', query: '', width: 480 },
  { name: 'pseudo-locale', query: '?locale=pseudo' },
] as const;

for (const { name, query, ...view } of views) {
  test(`components look as recorded, fit and keep to the grid: ${name}`, async ({
    page,
    pageUrl,
  }, info) => {
    await page.setViewportSize({ width: 'width' in view ? view.width : 960, height: 800 });
    if ('forcedColors' in view) await page.emulateMedia({ forcedColors: view.forcedColors });
    await open(page, pageUrl + query);
    expect(await layoutFaults(page, new Map())).toEqual([]);
    expect(await gridFaults(page)).toEqual([]);
    if ('isTheme' in view) expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^.?C.mm.nds/ }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    if ('isTheme' in view) expect(await looksOf(page)).toMatchSnapshot(`${name}.txt`);
    // The text has them, and says more.
    await page.addStyleTag({ content: '.tokens { display: none }' });
    await comparePicture(page, name, info);
  });
}

test('both dialogs have their width, and fit a phone', async ({ page, pageUrl }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, pageUrl);
  const widths = async () => {
    const found: number[] = [];
    for (const name of ['Rename tab', 'Compare two messages']) {
      await page.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog', { name });
      found.push((await dialog.boundingBox())?.width ?? 0);
      expect(await gridFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    return found;
  };
  expect(await widths()).toEqual([560, 1120]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await widths()).toEqual([328, 328]);
});
