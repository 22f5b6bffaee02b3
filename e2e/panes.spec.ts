import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const widthOf = async (panel: Locator) => (await panel.boundingBox())?.width ?? 0;

test('a bar between panes moves by keyboard and mouse, and stays where it was put', async ({
  console,
  page,
}) => {
  const bar = page.getByRole('separator', { name: 'Resize sessions' });
  await expect(bar).toHaveAttribute('aria-orientation', 'vertical');
  const before = await widthOf(console.sessions);
  const position = Number(await bar.getAttribute('aria-valuenow'));

  await bar.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await widthOf(console.sessions)).toBeCloseTo(before + 32, 0);
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')))
    .toBeLessThan(position);

  const box = await bar.boundingBox();
  if (!box) throw new Error('The bar is not on the page');
  await page.mouse.move(box.x, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 310, { steps: 5 });
  await page.mouse.up();
  expect(await widthOf(console.sessions)).toBeCloseTo(before + 92, -1);
  const chosen = await widthOf(console.sessions);

  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(console.sessions.getByRole('heading', { name: 'Sessions' })).toBeVisible();
  expect(await widthOf(console.sessions)).toBeCloseTo(chosen, 0);

  await bar.focus();
  await page.keyboard.press('End');
  await expect(bar).toHaveAttribute('aria-valuenow', '100');
  await bar.dblclick();
  await expect.poll(() => widthOf(console.sessions)).toBeCloseTo(before, 0);
});

test('panes keep their minimum when the window gets narrow', async ({ console, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  expect(await widthOf(console.sessions)).toBeGreaterThanOrEqual(240);
  expect(await widthOf(console.composer)).toBeGreaterThanOrEqual(290);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
