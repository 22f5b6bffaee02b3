import type { Page } from '@playwright/test';

/**
 * What a page's thread does, in processor time. A frame is late too where the machine has no time
 * for it; this is what the page itself has to answer for.
 */
export interface PageWork {
  /** Most that one task held the page up. */
  readonly longestTaskMs: number;
  /** Of each second, in milliseconds. */
  readonly busyMsPerSecond: number;
}

/** Part of what Chromium writes down; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Watches the page's thread while something goes on. */
export async function workDuring(page: Page, act: () => Promise<void>): Promise<PageWork> {
  const browser = page.context().browser();
  if (!browser) throw new Error('A page that is to be watched needs a browser of its own');
  await browser.startTracing(page, { categories: ['toplevel'] });
  const startedMs = performance.now();
  await act();
  const passedMs = performance.now() - startedMs;
  const trace = (await browser.stopTracing()).toString();
  // Chromium's own words.
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const pageThreads = new Set(traceEvents.filter(isPageThread).map(threadOf));
  const tasksMs = traceEvents
    .filter((event) => event.name.endsWith('RunTask') && pageThreads.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
  const allMs = tasksMs.reduce((sum, ms) => sum + ms, 0);
  return {
    longestTaskMs: tasksMs.reduce((most, ms) => Math.max(most, ms), 0),
    busyMsPerSecond: (allMs / passedMs) * 1000,
  };
}

function isPageThread({ name, args }: TraceEvent): boolean {
  return name === 'thread_name' && args?.name === 'CrRendererMain';
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
