import type { Page } from '@playwright/test';
import type { BarePage } from './barePage.ts';
import { pause } from './pause.ts';
import { median } from './rows.ts';

/** What a person who types feels of a page. */
export interface Smoothness {
  /** Frames in the median second: seconds are counted from the first frame on, and only whole ones. */
  readonly fps: number;
  readonly longestFrameMs: number;
  /** From the press of a key to the frame that shows it; 0 when all were too short to measure. */
  readonly longestKeyMs: number;
}

const keyPauseMs = 100;
const alphabet = 'abcdefghijklmnopqrstuvwxyz ';

/** Types into the focused field for a while and watches the frames. */
export async function typeAndWatch(page: BarePage, durationMs: number): Promise<Smoothness> {
  await page.evaluate(startWatching);
  await typeFor(page, durationMs);
  const { frames, keys } = await page.evaluate(() => window.benchWatch);
  return {
    fps: fpsOf(frames),
    longestFrameMs: longestGap(frames),
    longestKeyMs: Math.max(0, ...keys),
  };
}

/** Types into the focused field for a while. */
async function typeFor(page: BarePage, durationMs: number): Promise<void> {
  const startedMs = performance.now();
  for (let key = 0; performance.now() - startedMs < durationMs; key += 1) {
    const letter = alphabet[key % alphabet.length] ?? ' ';
    await page.press(letter);
    await pause(keyPauseMs);
  }
}

/** The longest frame while something else runs. */
export async function longestFrameDuring(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(startWatching);
  await act();
  const { frames } = await page.evaluate(() => window.benchWatch);
  return longestGap(frames);
}

/** Runs in the page, so without named functions: tsx would give them names with a helper function. */
function startWatching(): void {
  const watch = {
    frames: [] as number[],
    keys: [] as number[],
    onFrame(this: void, nowMs: number) {
      if (window.benchWatch !== watch) return;
      watch.frames.push(nowMs);
      requestAnimationFrame(watch.onFrame);
    },
  };
  window.benchWatch = watch;
  requestAnimationFrame(watch.onFrame);
  const observer = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === 'keydown') watch.keys.push(duration);
    }
  });
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/** Frames in the median second: seconds are counted from the first frame on, and only whole ones. */
export function fpsOf(frames: readonly number[]): number {
  const startMs = frames[0] ?? 0;
  const seconds = Math.floor(((frames.at(-1) ?? 0) - startMs) / 1000);
  const counts = Array.from({ length: seconds }, (_, second) => {
    const fromMs = startMs + second * 1000;
    return frames.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1000).length;
  });
  return median(counts);
}

function longestGap(frames: readonly number[]): number {
  return frames.reduce(
    (most, atMs, index) => Math.max(most, atMs - (frames[index - 1] ?? atMs)),
    0,
  );
}
