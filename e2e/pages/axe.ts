import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface Look {
  /** A CSS selector; the whole page when absent. */
  readonly within?: string;
  /** What counts; everything when absent. */
  readonly impacts?: readonly ('serious' | 'critical')[];
  /** Which rules; all when absent. */
  readonly rules?: 'colors';
}

/** The rules of axe that a theme can break. */
const colorRules = ['color-contrast', 'link-in-text-block'];

export const serious = ['serious', 'critical'] as const;

/**
 * What axe finds, one line for each rule that is broken. The console has no frames, so axe runs in the
 * page alone: otherwise it opens a second page for each look, which doubles the time.
 */
export async function axeFindings(
  page: Page,
  { within, impacts, rules }: Look = {},
): Promise<string[]> {
  // Its megabyte of source goes into a page once: each look would send and run it twice.
  const isThere = await page.evaluate(() => 'axe' in window);
  await settle(page);
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: 'true' } : {}) })
    .setLegacyMode()
    .options({
      resultTypes: ['violations'],
      ...(rules === 'colors' ? { runOnly: { type: 'rule', values: colorRules } } : {}),
    });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const counted = impacts
    ? violations.filter(({ impact }) => impacts.some((each) => each === impact))
    : violations;
  return counted.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * What axe finds in the light theme, and of what depends on a theme, colours, in the dark one. The
 * page follows the system's theme at once, and is in the light one afterwards.
 */
export async function axeFindingsInBothThemes(page: Page, look: Look = {}): Promise<string[]> {
  await showTheme(page, 'light');
  const light = await axeFindings(page, look);
  await showTheme(page, 'dark');
  const dark = await axeFindings(page, { ...look, rules: 'colors' });
  await showTheme(page, 'light');
  return [...light, ...dark.map((finding) => `dark: ${finding}`)];
}

async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
}

/** Waits until nothing fades or slides in any more: what is half there has half its contrast. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}
