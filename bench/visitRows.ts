import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Browser } from '@playwright/test';
import { freshPage, withBrowser } from './browser.ts';
import { paced } from './pace.ts';
import { median, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const visits = paced(5, 3);

/** What a first visitor waits for. */
export async function measureFirstVisit(bundle: string): Promise<Row[]> {
  const ours = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  try {
    const [seen, replies] = await withBrowser(async (browser) => {
      const all = [];
      for (let visit = 0; visit < visits; visit += 1) all.push(await visitOnce(browser, ours.port));
      return [all, await repliesWithoutEditor(browser, ours.port)] as const;
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
        goal: { of: 'ratio', atMost: 1 },
      },
      {
        what: 'first text on screen',
        unit: 'ms',
        ours: middle(({ text }) => text),
        plain: editorMs,
        plainIs: 'until the editor is there',
        goal: { of: 'ratio', atMost: 1 },
      },
      {
        what: 'composer ready to be typed into',
        unit: 'ms',
        ours: middle(({ composer }) => composer),
        plain: editorMs,
        plainIs: 'until the editor is there',
        goal: { of: 'ratio', atMost: 1 },
      },
      {
        what: 'messages typed, sent and answered before the editor',
        unit: 'replies',
        ours: replies,
        plain: typed.length,
        plainIs: 'messages typed',
        goal: { of: 'ratio', atLeast: 1 },
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
  // Times are taken in the page, at the change that brings a thing: the way to here takes time.
  await page.addInitScript(() => {
    window.benchVisit = { composer: 0, editor: 0 };
    new MutationObserver((_, observer) => {
      const seen = window.benchVisit;
      if (document.querySelector('[aria-label="Compose message"]:is(textarea, [role=textbox])')) {
        seen.composer ||= performance.now();
      }
      if (!document.querySelector('.monaco-editor .view-line')) return;
      seen.editor = performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(`http://127.0.0.1:${port}`, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.benchVisit.editor > 0);
  const seen = await page.evaluate(() => window.benchVisit);
  const text = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await page.context().close();
  return { text, ...seen };
}

const typed = ['{"SV_INFO":{}}', '{"SH_INFO_ALL":{}}'];

/** How many messages can be had an answer for while the editor does not come. */
async function repliesWithoutEditor(browser: Browser, port: number): Promise<number> {
  const page = await freshPage(browser);
  // Never answered: the editor stays on its way.
  await page.route(/monaco/i, () => undefined);
  await page.goto(`http://127.0.0.1:${port}`);
  const composer = page.getByRole('textbox', { name: 'Compose message' });
  let replies = 0;
  for (const text of typed) {
    await composer.clear();
    await composer.pressSequentially(text);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const counter = page.getByText(`${replies + 1} received`);
    replies += await counter.waitFor().then(
      () => 1,
      () => 0,
    );
  }
  await page.context().close();
  return replies;
}

/** As the size budget of the build measures it. */
function initialSize(folder: string): { kB: number; budgetKB: number } {
  const script = new URL('../scripts/sizeBudget.mjs', import.meta.url).pathname;
  const printed = execFileSync(process.execPath, [script, folder]).toString();
  const [, kB, budgetKB] = /JavaScript: ([\d.]+) kB Brotli of ([\d.]+) kB/.exec(printed) ?? [];
  return { kB: Number(kB), budgetKB: Number(budgetKB) };
}
