import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

async function boxOf(panel: Locator) {
  const box = await panel.boundingBox();
  if (!box) throw new Error('The panel is not on the page');
  return box;
}

const widthOf = async (panel: Locator) => (await panel.boundingBox())?.width ?? 0;
const heightOf = async (panel: Locator) => (await panel.boundingBox())?.height ?? 0;
const lineHeightPx = 20;

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

test.describe('with the full editor', () => {
  test.use({ editor: 'full' });

  test('the composer is as high as its text, up to half, and the log has the rest', async ({
    console,
    page,
  }) => {
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    const line = (number: number) => `"${number}"`;
    const linesOf = (count: number) =>
      Array.from({ length: count }, (_, at) => line(at)).join('\n');
    await console.write(linesOf(3));
    const three = await heightOf(console.composer);
    expect(three).toBeLessThan(190);
    await console.write(linesOf(9));
    await expect.poll(() => heightOf(console.composer)).toBeCloseTo(three + 6 * lineHeightPx, 0);
    await console.write(linesOf(100));
    const [composer, response] = [console.composer, console.response];
    await expect
      .poll(async () => (await heightOf(composer)) / (await heightOf(response)))
      .toBeCloseTo(1, 1);
    await expect(console.button('Send')).toBeInViewport({ ratio: 1 });
    await console.write('{}');
    await expect.poll(() => heightOf(composer)).toBeCloseTo(three, 0);

    const bar = page.getByRole('separator', { name: 'Resize response' });
    await bar.focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => heightOf(composer)).toBeCloseTo(three + 96, 0);
    await console.write(linesOf(100));
    await expect.poll(() => heightOf(composer)).toBeCloseTo(three + 96, 0);
    await bar.dblclick();
    await expect.poll(() => heightOf(composer)).toBeGreaterThan(three + 200);
  });
});

test('composer and log stand side by side where there is room, and each size of window keeps its own', async ({
  console,
  page,
}) => {
  const { composer, response } = console;
  await page.setViewportSize({ width: 1690, height: 800 });
  await expect.poll(async () => (await boxOf(response)).x - (await boxOf(composer)).x).toBe(0);
  await page.setViewportSize({ width: 1700, height: 800 });
  await expect
    .poll(async () => (await widthOf(composer)) / (await widthOf(response)))
    .toBeCloseTo(42 / 58, 1);

  const bar = page.getByRole('separator', { name: 'Resize sessions' });
  const roomy = await widthOf(console.sessions);
  await bar.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => widthOf(console.sessions)).toBeCloseTo(roomy + 96, 0);
  await page.setViewportSize({ width: 1440, height: 800 });
  await expect.poll(() => widthOf(console.sessions)).toBeCloseTo(0.24 * 1440, 0);
  await page.setViewportSize({ width: 1700, height: 800 });
  await expect.poll(() => widthOf(console.sessions)).toBeCloseTo(roomy + 96, 0);
});

test('the panel of sessions has a quarter of the window, within limits', async ({
  console,
  page,
}) => {
  for (const [width, expected] of [
    [1024, 300],
    [1920, 461],
    [2560, 614],
    [3000, 640],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => widthOf(console.sessions)).toBeCloseTo(expected, 0);
  }
});
