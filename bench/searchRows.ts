import type { Browser, Page } from '@playwright/test';
import { freshPage, openConsole, sendMessage, withBrowser } from './browser.ts';
import { floodServer } from './floodRows.ts';
import { longestFrameDuring } from './frames.ts';
import type { Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const entries = 100_000;
/** Slow enough that no log takes it for a flood of which a sample is enough. */
const rate = 1_000;

/** A search through a full log: how long it takes, and how long it holds the page up. */
export async function measureSearch(bundle: string): Promise<Row[]> {
  const [ours, flood] = await Promise.all([
    startServer([bundle, '--port', '0', '--log-level', 'error']),
    startServer(floodServer),
  ]);
  try {
    return await withBrowser((browser) =>
      searchRows(browser, { ours: ours.port, flood: flood.port }),
    );
  } finally {
    await Promise.all([ours.stop(), flood.stop()]);
  }
}

async function searchRows(browser: Browser, port: { ours: number; flood: number }): Promise<Row[]> {
  const page = await freshPage(browser);
  const server = `ws://127.0.0.1:${port.flood}/?rate=${rate}&seconds=${entries / rate}`;
  await openConsole(page, `http://127.0.0.1:${port.ours}`, server);
  await sendMessage(page, '{"SV_INFO":{}}');
  const all = entries.toLocaleString('en');
  await page
    .getByRole('group', { name: 'Message counts' })
    .filter({ hasText: `${all} received` })
    .waitFor({ timeout: (2_000 * entries) / rate });

  let answerMs = 0;
  const longestMs = await longestFrameDuring(page, async () => {
    const startedMs = performance.now();
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('"n":4242,');
    await page.getByRole('status', { name: 'Matches' }).filter({ hasText: /^1 of/ }).waitFor();
    answerMs = performance.now() - startedMs;
  });
  const plain = await plainScanMs(page);
  return [
    {
      what: `search through ${all} messages`,
      unit: 'ms',
      ours: answerMs,
      plain: plain.whole,
      plainIs: 'includes() over the same texts at once',
    },
    {
      what: 'longest frame during the search',
      unit: 'ms',
      ours: longestMs,
      plain: plain.whole,
      plainIs: 'the frame that such a scan would take',
    },
  ];
}

/** The same search as plainly as it can be done, in the same browser. */
function plainScanMs(page: Page): Promise<{ whole: number }> {
  return page.evaluate((count) => {
    const texts = Array.from(
      { length: count },
      (_, n) => `{"KV_GET_RSP":{"tkn":"14247375118774737462","keys":{"n":${n},"name":"flood"}}}`,
    );
    const startedMs = performance.now();
    const found = texts.filter((text) => text.toLowerCase().includes('"n":4242,')).length;
    return { whole: found * (performance.now() - startedMs) };
  }, entries);
}
