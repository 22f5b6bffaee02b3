import type { Page } from '@playwright/test';

// What a page's thread does, in processor time. A frame is late too where the machine has no time
// for it; this is what the page itself has to answer for.

/** Part of what Chromium writes down. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the page while something short runs. Of a flood Chromium would write down
 * more than it can hand over in minutes.
 */
export async function longestTaskDuring(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('A page can be watched only in its own browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const trace = (await browser.stopTracing()).toString();
  // Chromium's own words.
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const pageThreads = new Set(traceEvents.filter(isPageThread).map(threadOf));
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && pageThreads.has(threadOf(event)))
    .reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
}

/** One of the counters that Chromium keeps for a page. */
interface Metric {
  readonly name: string;
  readonly value: number;
}

/** What speaks with Chromium of a page. */
interface DevTools {
  send(method: 'Performance.enable' | 'Performance.getMetrics'): Promise<unknown>;
}

/** How long the page's thread works in each second while something runs. */
export async function busyWhile<T>(
  devTools: DevTools,
  act: () => Promise<T>,
): Promise<{ result: T; msPerSecond: number }> {
  await devTools.send('Performance.enable');
  const read = async () => {
    const { metrics } = (await devTools.send('Performance.getMetrics')) as { metrics: Metric[] };
    const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return { atS: of('Timestamp'), workedS: of('ThreadTime') };
  };
  const before = await read();
  const result = await act();
  const after = await read();
  const msPerSecond = ((after.workedS - before.workedS) / (after.atS - before.atS)) * 1000;
  return { result, msPerSecond };
}

function isPageThread({ name, args }: TraceEvent): boolean {
  return name === 'thread_name' && args?.name === 'CrRendererMain';
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
