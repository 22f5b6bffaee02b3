import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Whether two parts of the same size look the same, in any colours. */
async function looksLike(part: Locator, other: Locator): Promise<boolean> {
  const [one, two] = [await part.screenshot(), await other.screenshot()];
  return one.equals(two);
}

/** Whether an element's own text can be read on what is behind it. */
async function isReadable(part: Locator): Promise<boolean> {
  const before = await part.screenshot();
  await part.evaluate((element: HTMLElement) =>
    element.style.setProperty('-webkit-text-fill-color', 'transparent'),
  );
  const after = await part.screenshot();
  await part.evaluate((element: HTMLElement) =>
    element.style.removeProperty('-webkit-text-fill-color'),
  );
  return !before.equals(after);
}

/** What a style is painted with; in forced colours the system's colours. */
const paint = (part: Locator, property: string) =>
  part.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in forced colours, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } });

    test(`switches, tabs and buttons show their state, ${colorScheme}`, async ({
      console,
      page,
    }) => {
      const send = console.button('Send');
      const plain = console.button('Disconnect');
      expect(await paint(send, 'background-color')).not.toBe(
        await paint(plain, 'background-color'),
      );
      const learn = console.panels.getByRole('button', { name: 'Learn' });
      const history = console.panels.getByRole('button', { name: 'History' });
      expect(await paint(learn, 'background-color')).not.toBe(
        await paint(history, 'background-color'),
      );
      await page.keyboard.press('Alt+t');
      const [first, second] = [console.tabs.nth(0), console.tabs.nth(1)];
      expect(await paint(first, 'border-bottom-color')).not.toBe(
        await paint(second, 'border-bottom-color'),
      );
      await console.button('Settings').click();
      const dialog = page.getByRole('dialog');
      const on = dialog.getByRole('switch', { checked: true }).first();
      const off = dialog.getByRole('switch', { checked: false }).first();
      expect(await looksLike(on, off)).toBe(false);
      for (const each of [on, off]) {
        const knob = await paint(each.locator('span'), 'background-color');
        expect(knob).not.toBe(await paint(each, 'background-color'));
        expect(await paint(each, 'border-top-width')).toBe('1px');
      }
      const [general, theme] = [
        dialog.getByRole('tab', { name: 'General' }),
        dialog.getByRole('tab', { name: 'Theme' }),
      ];
      expect(await paint(general, 'border-bottom-color')).not.toBe(
        await paint(theme, 'border-bottom-color'),
      );
    });

    test(`rows, marks and dots show their state, ${colorScheme}`, async ({ console, page }) => {
      await console.send('{"SH_INFO":{"tkn":"77777777777777777777777"}}');
      const marked = console.response.locator('.log-faulty').first();
      await expect(marked).toBeVisible();
      expect(await isReadable(marked)).toBe(true);
      await console.send('{"SH_NEW":{"name":"chosen"}}');
      // The list stays beside the chosen session.
      await page.setViewportSize({ width: 2560, height: 900 });
      await console.sessionRow(/chosen/).click();
      await expect(console.session).toBeVisible();
      expect(await paint(console.sessionRow(/chosen/), 'outline-style')).toBe('solid');
      const row = console.rows(/Sent SH_NEW/);
      await row.hover();
      await row.getByRole('checkbox').check();
      expect(await paint(row.locator('.log-line'), 'outline-style')).toBe('solid');
      await page.getByRole('searchbox', { name: 'Search messages' }).fill('chosen');
      const match = console.response.locator('mark').first();
      await expect(match).toBeVisible();
      expect(await isReadable(match)).toBe(true);
      expect(await paint(match, 'background-color')).not.toBe(
        await paint(console.response, 'background-color'),
      );
      const dot = page.getByRole('banner').locator('.state-dot');
      const open = await dot.screenshot();
      await console.button('Disconnect').click();
      await expect(console.button('Connect')).toBeVisible();
      expect((await dot.screenshot()).equals(open)).toBe(false);
      await page.keyboard.press('Tab');
      expect(await paint(page.locator(':focus'), 'outline-style')).toBe('solid');
    });
  });
}
