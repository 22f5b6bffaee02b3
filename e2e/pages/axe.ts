import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface Look {
  /** A CSS selector; the whole page when absent. */
  readonly within?: string;
  /** What counts; everything when absent. */
  readonly impacts?: readonly ('serious' | 'critical')[];
}

export const serious = ['serious', 'critical'] as const;

/**
 * What axe finds, one line for each rule that is broken. The console has no frames, so axe runs in the
 * page alone: otherwise it opens a second page for each look, which doubles the time.
 */
export async function axeFindings(page: Page, { within, impacts }: Look = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const counted = impacts
    ? violations.filter(({ impact }) => impacts.some((each) => each === impact))
    : violations;
  return counted.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
