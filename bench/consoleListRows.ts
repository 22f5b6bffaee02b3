import type { Browser, Page } from '@playwright/test';
import { freshPage, withBrowser } from './browser.ts';
import { fpsOf } from './frames.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { busyWhile } from './pageWork.ts';
import { paced } from './pace.ts';
import { median, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const sessions = 100_000;
const keysEach = 10;
const visits = paced(5, 2);
const watchMs = paced(6_000, 3_000);

/** The list in the console: how soon it can be used, and how smoothly it scrolls. */
export async function measureConsoleList(bundle: string): Promise<Row[]> {
  const flags = ['--memory', '--port', '0', '--log-level', 'error'];
  const [full, empty] = [
    await startServer([bundle, ...flags]),
    await startServer([bundle, ...flags]),
  ];
  try {
    await fill(full.port, sessions);
    await fill(empty.port, 100);
    return await withBrowser((browser) => rowsOf(browser, full.port, empty.port));
  } finally {
    await full.stop();
    await empty.stop();
  }
}

async function rowsOf(browser: Browser, full: number, few: number): Promise<Row[]> {
  const many = `${sessions.toLocaleString('en')} sessions × ${keysEach} keys`;
  const [ours, plain] = [await openings(browser, full), await openings(browser, few)];
  const page = await opened(browser, full);
  const rest = await framesWhile(page, 0);
  const scrolled = await framesWhile(page, 90);
  const [plainIs, plainAtRest] = ['the same with 100 sessions', 'the list at rest'];
  return [
    {
      what: `${many}: from opening the inspector to a list that can be used`,
      unit: 'ms',
      ours: ours.inspectorMs,
      plain: plain.inspectorMs,
      plainIs,
      goal: { of: 'ours', atMost: 1_000 },
    },
    {
      what: `${many}: from the address to a list that can be used`,
      unit: 'ms',
      ours: ours.pageMs,
      plain: plain.pageMs,
      plainIs,
    },
    {
      what: `${many}: frames a second while scrolling`,
      unit: 'fps',
      ours: scrolled.fps,
      plain: rest.fps,
      plainIs: plainAtRest,
      goal: { of: 'ours', atLeast: 55 },
    },
    {
      what: `${many}: processor time of the page for a scrolled frame`,
      unit: 'ms',
      ours: scrolled.msPerFrame,
      plain: rest.msPerFrame,
      plainIs: plainAtRest,
      goal: { of: 'ours', atMost: 10 },
    },
  ];
}

async function fill(port: number, count: number): Promise<void> {
  const client = await LoadClient.open(port);
  const keys = Array.from({ length: keysEach }, (_, key) => `"key${key}":${key}`).join(',');
  for (let number = 0; number < count; number += 500) {
    const tokens: string[] = [];
    for (let each = number; each < Math.min(count, number + 500); each += 1) {
      const reply = await client.ask(`{"SH_NEW":{"name":"user:${each}"}}`);
      tokens.push(/"tkn":"?(\d+)/.exec(reply)?.[1] ?? '');
    }
    await client.askAll(tokens.map((tkn) => `{"KV_SET":{"tkn":"${tkn}","keys":{${keys}}}}`));
  }
  client.close();
}

async function opened(browser: Browser, port: number): Promise<Page> {
  const page = await freshPage(browser);
  await page.goto(`http://127.0.0.1:${port}/inspector`);
  await page
    .getByRole('button', { name: /^user:/ })
    .nth(20)
    .waitFor();
  return page;
}

/** The median visit: from the address, and from where the page, which has loaded, opens the inspector. */
async function openings(browser: Browser, port: number) {
  const took: { pageMs: number; inspectorMs: number }[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const page = await opened(browser, port);
    took.push(
      await page.evaluate(() => {
        const pageMs = performance.now();
        // The first step of opening it is to ask whether this page may.
        const ticket = performance
          .getEntriesByType('resource')
          .find(({ name }) => name.endsWith('/inspect/ticket'));
        return { pageMs, inspectorMs: pageMs - (ticket?.startTime ?? Number.NaN) };
      }),
    );
    await page.context().close();
  }
  return {
    pageMs: median(took.map(({ pageMs }) => pageMs)),
    inspectorMs: median(took.map(({ inspectorMs }) => inspectorMs)),
  };
}

/** Frames in the median second, and the page's work for each, while the list scrolls by so many pixels. */
async function framesWhile(page: Page, pxPerFrame: number) {
  const devTools = await page.context().newCDPSession(page);
  const scrolled = await busyWhile(devTools, () => scrolledFrames(page, pxPerFrame));
  await devTools.detach();
  const { result: frames, msPerSecond } = scrolled;
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  return { fps: fpsOf(frames), msPerFrame: (msPerSecond * seconds) / frames.length };
}

/** @returns When each frame was. */
function scrolledFrames(page: Page, pxPerFrame: number): Promise<number[]> {
  // Without named functions: tsx would give them names with a helper function.
  return page.evaluate(
    ([px, durationMs]) =>
      new Promise<number[]>((resolve) => {
        const table = document.querySelector('.session-table');
        const seen: number[] = [];
        const watch = {
          onFrame(this: void, nowMs: number) {
            seen.push(nowMs);
            if (table) table.scrollTop += px;
            if (nowMs - (seen[0] ?? nowMs) < durationMs) requestAnimationFrame(watch.onFrame);
            else resolve(seen);
          },
        };
        requestAnimationFrame(watch.onFrame);
      }),
    [pxPerFrame, watchMs] as const,
  );
}
