import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Browser } from '@playwright/test';
import { freshPage, withBrowser } from './browser.ts';
import { median, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const visits = 5;

/** What a first visitor waits for. */
export async function measureFirstVisit(bundle: string): Promise<Row[]> {
  const ours = await startServer([bundle, '--port', '0', '--log-level', 'error']);
  try {
    const seen = await withBrowser(async (browser) => {
      const all = [];
      for (let visit = 0; visit < visits; visit += 1) all.push(await visitOnce(browser, ours.port));
      return all;
    });
    const { kB, budgetKB } = initialSize(join(dirname(bundle), 'web'));
    const middle = (of: (visit: Visit) => number) => median(seen.map(of));
    const editorMs = middle(({ editor }) => editor);
    return [
      {
        what: 'JavaScript that the page begins with, Brotli',
        unit: 'kB',
        ours: kB,
        plain: budgetKB,
        plainIs: 'the budget',
      },
      {
        what: 'first text on screen',
        unit: 'ms',
        ours: middle(({ text }) => text),
        plain: editorMs,
        plainIs: 'until the editor is there',
      },
      {
        what: 'composer ready to be typed into',
        unit: 'ms',
        ours: middle(({ composer }) => composer),
        plain: editorMs,
        plainIs: 'until the editor is there',
      },
    ];
  } finally {
    await ours.stop();
  }
}

/** Milliseconds from the start of the visit. */
interface Visit {
  readonly text: number;
  readonly composer: number;
  readonly editor: number;
}

async function visitOnce(browser: Browser, port: number): Promise<Visit> {
  const page = await freshPage(browser);
  await page.goto(`http://127.0.0.1:${port}`, { waitUntil: 'commit' });
  const now = () => page.evaluate(() => performance.now());
  const composer = page.getByRole('textbox', { name: 'Compose message' });
  await composer.first().waitFor({ state: 'attached' });
  const composerMs = await now();
  await page.locator('.monaco-editor').first().waitFor();
  const editorMs = await now();
  const textMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await page.context().close();
  return { text: textMs, composer: composerMs, editor: editorMs };
}

/** As the size budget of the build measures it. */
function initialSize(folder: string): { kB: number; budgetKB: number } {
  const script = new URL('../scripts/sizeBudget.mjs', import.meta.url).pathname;
  const told = execFileSync(process.execPath, [script, folder]).toString();
  const [, kB, budgetKB] = /JavaScript: ([\d.]+) kB Brotli of ([\d.]+) kB/.exec(told) ?? [];
  return { kB: Number(kB), budgetKB: Number(budgetKB) };
}
