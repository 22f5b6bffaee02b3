import type { Locator } from '@playwright/test';
import { expect, test } from './logFixtures.ts';
import type { LogPage } from '../client/testing/playwright/logPage.ts';

/** The row of the reply that holds a number: its preview, or its payload where it is unfolded. */
const rowOf = (log: LogPage, n: number): Locator =>
  log
    .row(/Received KV_GET_RSP/)
    .filter({ has: log.page.getByText(new RegExp(`\\bn"?: ?${n}\\b`)) });

/** Somewhere in the middle: a row unfolded as raw text and two rows chosen. */
async function readInTheMiddle(log: LogPage): Promise<number> {
  await log.list.evaluate((list) => (list.scrollTop = 900));
  const read = rowOf(log, 45);
  await read.getByRole('button', { name: /^Received/ }).click();
  await read.getByRole('button', { name: 'Raw', exact: true }).click();
  await rowOf(log, 44).getByRole('checkbox', { name: 'Select' }).check();
  await rowOf(log, 43).getByRole('checkbox', { name: 'Select' }).check();
  await expect(log.selection).toContainText('2 selected');
  await expect(log.list.getByRole('group', { name: 'Payload' })).toHaveCount(1);
  return log.topOf(read);
}

async function expectAsItWas(log: LogPage, top: number): Promise<void> {
  const read = rowOf(log, 45);
  await expect.poll(() => log.topOf(read)).toBe(top);
  await expect(read.getByRole('button', { name: 'Raw', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(log.selection).toContainText('2 selected');
  await expect(rowOf(log, 44).getByRole('checkbox', { name: 'Select' })).toBeChecked();
}

test('coming back to a tab shows the same row, with the same rows open and chosen', async ({
  console,
  log,
  speaker,
}) => {
  speaker.sayMany(1, 80);
  await expect(log.counts).toContainText('80 received');
  const top = await readInTheMiddle(log);

  await console.button('New tab').click();
  await expect(console.tabs).toHaveCount(2);
  await expect(log.selection).toHaveCount(0);
  speaker.sayMany(81, 120);
  await console.tabs.first().click();
  await expect(log.counts).toContainText('120 received');
  await expectAsItWas(log, top);
  await expect(log.button('Jump to latest')).toContainText('40 new');

  // At the newest end a person stays there, and follows.
  await log.button('Jump to latest').click();
  await expect.poll(() => log.topOf(rowOf(log, 120))).toBe(0);
  await console.tabs.last().click();
  speaker.sayMany(121, 160);
  await console.tabs.first().click();
  await expect.poll(() => log.topOf(rowOf(log, 160))).toBe(0);
  speaker.sayMany(161, 161);
  await expect.poll(() => log.topOf(rowOf(log, 161))).toBe(0);
  await expect(log.button('Jump to latest')).toHaveCount(0);
  await expect(log.selection).toContainText('2 selected');
});

test('on a narrow page the log is as it was after another panel was shown', async ({
  console,
  log,
  page,
  speaker,
}) => {
  speaker.sayMany(1, 80);
  await expect(log.counts).toContainText('80 received');
  await page.setViewportSize({ width: 390, height: 900 });
  await console.panels.getByRole('button', { name: 'Compose' }).click();
  const top = await readInTheMiddle(log);
  await console.panels.getByRole('button', { name: 'Learn' }).click();
  await expect(log.list).toHaveCount(0);
  speaker.sayMany(81, 90);
  await console.panels.getByRole('button', { name: 'Compose' }).click();
  await expect(log.counts).toContainText('90 received');
  await expectAsItWas(log, top);
});

test('a press opens the message that it began on, though others come before the button is released', async ({
  log,
  page,
  speaker,
}) => {
  const pressWhile = async (n: number, [from, to]: readonly [number, number]) => {
    await rowOf(log, n)
      .getByRole('button', { name: /^Received/ })
      .hover();
    await page.mouse.down();
    speaker.sayMany(from, to);
    await expect(log.counts).toContainText(`${to} received`);
    await page.mouse.up();
  };
  speaker.sayMany(1, 80);
  await expect(log.counts).toContainText('80 received');
  await pressWhile(75, [81, 85]);
  const payload = page.getByRole('group', { name: 'Payload' });
  await expect(rowOf(log, 75).filter({ has: payload })).toBeVisible();
  // And the newest ones are shown again.
  await expect.poll(() => log.topOf(rowOf(log, 85))).toBe(0);
});
