import type { Page } from '@playwright/test';
import { countWhenSettled, openFlooded, startFlood } from './floodPage.ts';
import { longestFrameDuring } from './frames.ts';
import { longestTaskDuring } from './pageWork.ts';
import { median, type Row } from './rows.ts';
import { withFlood } from './withFlood.ts';

/** As many as the log keeps. */
const entries = 100_000;
const [rate, seconds] = [10_000, 15];
/** Of each kind; the median counts. */
const rounds = 5;

/** A search through a full log: how long it takes, and how long it holds the page up. */
export function measureSearch(bundle: string): Promise<Row[]> {
  return withFlood(bundle, async (browser, at) => {
    const page = await openFlooded(browser, at, { rate, seconds });
    await startFlood(page, { keepsAll: true });
    await countWhenSettled(page, rate * seconds);
    // A number of the last ones, each time another.
    const last = (round: number) => rate * seconds - 1000 - round;
    const plainly = await searchAFew(page, (round) => `"n":${last(round)},`);
    await page.getByRole('button', { name: 'Regular expression' }).click();
    const byExpression = await searchAFew(page, (round) => `"n":${last(round)}\\D.*f[lm]oo?d`);
    return [...found('plain search', plainly), ...found('regular expression', byExpression)];
  });
}

interface Searched {
  readonly answerMs: number;
  readonly longestFrameMs: number;
  readonly longestTaskMs: number;
  readonly scanMs: number;
}

function found(how: string, seen: readonly Searched[]): Row[] {
  const middle = (of: keyof Searched) => median(seen.map((each) => each[of]));
  const through = `${how} through ${entries.toLocaleString('en')} messages`;
  const plain = middle('scanMs');
  return [
    {
      what: through,
      unit: 'ms',
      ours: middle('answerMs'),
      plain,
      plainIs: 'the same over an array, at once',
      goal: { of: 'ours', atMost: 200 },
    },
    {
      what: `${how}: longest frame`,
      unit: 'ms',
      ours: middle('longestFrameMs'),
      plain,
      plainIs: 'the frame that this would take',
      goal: { of: 'ours', atMost: 50 },
    },
    {
      what: `${how}: longest task`,
      unit: 'ms CPU',
      ours: middle('longestTaskMs'),
      plain,
      plainIs: 'the task that this would be',
      goal: { of: 'ours', atMost: 50 },
    },
  ];
}

async function searchAFew(page: Page, needle: (round: number) => string): Promise<Searched[]> {
  const seen: Searched[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let answerMs = Number.NaN;
    const longestFrameMs = await longestFrameDuring(page, async () => {
      answerMs = await search(page, needle(2 * round));
    });
    const longestTaskMs = await longestTaskDuring(
      page,
      async () => void (await search(page, needle(2 * round + 1))),
    );
    seen.push({
      answerMs,
      longestFrameMs,
      longestTaskMs,
      scanMs: await scanMs(page, needle(round)),
    });
  }
  return seen;
}

/** From nothing searched to the frame that shows the result, in ms. */
async function search(page: Page, needle: string): Promise<number> {
  const box = page.getByRole('searchbox', { name: 'Search messages' });
  const matches = page.getByRole('status', { name: 'Matches' });
  await box.fill('');
  await matches.waitFor({ state: 'detached' });
  // Times are taken in the page: the way to it and back is none of ours.
  await box.evaluate((element) => {
    const times = { askedMs: 0, answeredMs: 0 };
    window.benchSearch = times;
    element.addEventListener('input', () => (times.askedMs = performance.now()), {
      once: true,
      capture: true,
    });
    const observer = new MutationObserver(() => {
      const text = document.querySelector('[role=status][aria-label=Matches]')?.textContent;
      if (text?.startsWith('1 of') !== true) return;
      observer.disconnect();
      requestAnimationFrame(() => (times.answeredMs = performance.now()));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await box.fill(needle);
  await page.waitForFunction(() => window.benchSearch.answeredMs > 0);
  return page.evaluate(() => window.benchSearch.answeredMs - window.benchSearch.askedMs);
}

/** The same search as plainly as it can be done, in the same browser. */
function scanMs(page: Page, needle: string): Promise<number> {
  return page.evaluate(
    ({ count, source }) => {
      const texts = Array.from(
        { length: count },
        (_, n) => `{"KV_GET_RSP":{"tkn":"14247375118774737462","keys":{"n":${n},"name":"flood"}}}`,
      );
      const pattern = new RegExp(source, 'i');
      const startedMs = performance.now();
      const isFound = texts.some((text) => pattern.test(text));
      return isFound ? Number.NaN : performance.now() - startedMs;
    },
    { count: entries, source: needle },
  );
}
