import type { Browser, Page } from '@playwright/test';
import { freshPage, heapBytes, openConsole, sendMessage, withBrowser } from './browser.ts';
import { typeAndWatch, type Smoothness } from './frames.ts';
import type { Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const rate = 10_000;
const floodSeconds = 30;
const baselineSeconds = 8;
/** When the log has filled up and the heap should have stopped growing. */
const fullAfterSeconds = 20;
/** A page that is behind gets so long to take in the rest. */
const catchUpMs = 60_000;

export const floodServer = ['--import', 'tsx', new URL('floodServer.ts', import.meta.url).pathname];

/** A flood of single frames into the console as it is shipped, while somebody types. */
export async function measureFlood(bundle: string): Promise<Row[]> {
  const [ours, flood] = await Promise.all([
    startServer([bundle, '--port', '0', '--log-level', 'error']),
    startServer(floodServer),
  ]);
  try {
    return await withBrowser((browser) =>
      floodRows(browser, { ours: ours.port, flood: flood.port }),
    );
  } finally {
    await Promise.all([ours.stop(), flood.stop()]);
  }
}

interface Ports {
  readonly ours: number;
  readonly flood: number;
}

async function floodRows(browser: Browser, ports: Ports): Promise<Row[]> {
  const dropped = await watchDroppingPage(browser, ports);
  const { idle, busy, counted, fullHeap, endHeap } = await watchConsole(browser, ports);
  const named = (what: string) => `${what}, ${rate.toLocaleString('en')} messages/s`;
  const fps = { what: named('frames a second'), unit: 'fps', ours: busy.fps };
  const [ms, atRest] = ['ms', 'the console at rest'];
  const frame = { what: named('longest frame while typing'), unit: ms, ours: busy.longestFrameMs };
  const key = { what: named('longest from key to frame'), unit: ms, ours: busy.longestKeyMs };
  const count = { what: `messages counted, ${floodSeconds} s`, unit: 'messages', ours: counted };
  const heap = { what: `heap after ${floodSeconds} s of it`, unit: 'MB', ours: endHeap / 1e6 };
  return [
    { ...fps, plain: idle.fps, plainIs: atRest },
    { ...fps, plain: dropped.fps, plainIs: 'a page that drops every message' },
    { ...frame, plain: idle.longestFrameMs, plainIs: atRest },
    { ...key, plain: idle.longestKeyMs, plainIs: atRest },
    { ...count, plain: rate * floodSeconds, plainIs: 'messages sent' },
    { ...heap, plain: fullHeap / 1e6, plainIs: `after ${fullAfterSeconds} s` },
  ];
}

async function watchDroppingPage(browser: Browser, { flood }: Ports): Promise<Smoothness> {
  const page = await freshPage(browser);
  await page.goto(`http://127.0.0.1:${flood}/?rate=${rate}&seconds=${baselineSeconds + 4}`);
  await page.getByRole('textbox', { name: 'Compose message' }).focus();
  const smoothness = await typeAndWatch(page, baselineSeconds * 1000);
  await page.context().close();
  return smoothness;
}

async function watchConsole(browser: Browser, { ours, flood }: Ports) {
  const page = await freshPage(browser);
  const server = `ws://127.0.0.1:${flood}/?rate=${rate}&seconds=${floodSeconds}`;
  await openConsole(page, `http://127.0.0.1:${ours}`, server);
  const composer = page.getByRole('textbox', { name: 'Compose message' });
  await composer.focus();
  const idle = await typeAndWatch(page, baselineSeconds * 1000);
  await sendMessage(page, '{"SV_INFO":{}}');
  await composer.focus();
  const busy = await typeAndWatch(page, fullAfterSeconds * 1000);
  const fullHeap = await heapBytes(page);
  const counted = await countWhenSettled(page, rate * floodSeconds);
  return { idle, busy, counted, fullHeap, endHeap: await heapBytes(page) };
}

/** What the log says that it has received, once it is all or does not change any more. */
async function countWhenSettled(page: Page, expected: number): Promise<number> {
  const counts = page.getByRole('group', { name: 'Message counts' });
  const read = async () => {
    const told = /([\d,]+) received/.exec((await counts.textContent()) ?? '')?.[1];
    return Number(told?.replaceAll(',', ''));
  };
  const endMs = performance.now() + catchUpMs;
  let received = await read();
  while (received !== expected && performance.now() < endMs) {
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    received = await read();
  }
  return received;
}
