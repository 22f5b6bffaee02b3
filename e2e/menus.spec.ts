import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ viewport: { width: 360, height: 560 } });

/** Where a menu stands: whole in its window, near its button, above or below it. */
async function placeOf(menu: Locator, button: Locator) {
  const [anchor, box] = [await button.boundingBox(), await menu.boundingBox()];
  const window = menu.page().viewportSize();
  if (!anchor || !box || !window) throw new Error('A part is not shown');
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const isInside = box.x >= 0 && box.y >= 0 && right <= window.width && bottom <= window.height;
  const [below, above] = [box.y - (anchor.y + anchor.height), anchor.y - bottom];
  const gap = Math.max(below, above);
  const side = below >= above ? 'below' : 'above';
  return { isInside, isNear: gap >= 0 && gap < 12, isUsable: box.height > 80, side };
}

const inPlace = { isInside: true, isNear: true, isUsable: true };

async function openMenu(page: Page, region: string, name: string) {
  const button = page.getByRole('region', { name: region }).getByRole('button', { name });
  await button.click();
  const menu = page.getByRole('menu', { name });
  const panel = page.locator('[popover]').filter({ has: menu });
  return { place: () => placeOf(panel, button), last: menu.getByRole('menuitem').last(), button };
}

test('menus stay in a small window, and follow when it changes', async ({ console, page }) => {
  await console.panels.getByRole('button', { name: 'Compose' }).click();
  // Long, and its button stands at the left.
  const templates = await openMenu(page, 'Compose message', 'Templates');
  await expect.poll(templates.place).toMatchObject(inPlace);
  await page.keyboard.press('Escape');

  const more = await openMenu(page, 'Response', 'More');
  await expect.poll(more.place).toMatchObject(inPlace);
  // Now there is room below, then there is none.
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(more.place).toMatchObject({ ...inPlace, side: 'below' });
  await page.setViewportSize({ width: 420, height: 440 });
  await expect.poll(more.place).toMatchObject({ ...inPlace, side: 'above' });
  await expect(more.last).toBeInViewport({ ratio: 1 });
});

test('a menu follows its button when that scrolls', async ({ console, page, otherClient }) => {
  // So small that the session scrolls.
  await page.setViewportSize({ width: 320, height: 240 });
  await otherClient.newSession('{"name":"user1"}');
  await console.panels.getByRole('button', { name: 'Sessions' }).click();
  await console.sessionRow(/user1/).click();
  const { place, button } = await openMenu(page, 'Session', 'Commands for this session');
  const scroll = (top: number) =>
    button.evaluate((element, to) => {
      for (let at = element.parentElement; at; at = at.parentElement) at.scrollTop = to;
    }, top);
  await scroll(0);
  await expect.poll(place).toMatchObject(inPlace);
  const before = await button.boundingBox();
  await scroll(24);
  await expect.poll(async () => (await button.boundingBox())?.y).not.toBe(before?.y);
  await expect.poll(place).toMatchObject(inPlace);
});
