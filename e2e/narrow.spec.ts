import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

/** How much wider the page is than the window; nothing may have to be scrolled sideways. */
async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/** Parts of dialogs and toolbars that stick out of the window. */
async function stickingOut(page: Page): Promise<string[]> {
  return page
    .locator('header button, nav button, .panel-head button, dialog button, dialog input')
    .evaluateAll((parts) =>
      parts
        .filter((part) => {
          const { left, right, width } = part.getBoundingClientRect();
          return width > 0 && (left < 0 || right > window.innerWidth);
        })
        .map((part) => part.getAttribute('aria-label') ?? part.textContent),
    );
}

/** Where a part of the page ends, in CSS pixels of the window. */
async function edgesOf(part: Locator) {
  return part.evaluate((element) => {
    const { top, right, bottom, left } = element.getBoundingClientRect();
    return { top, right, bottom, left };
  });
}

const views = [
  { name: 'at 360 px', viewport: { width: 360, height: 640 }, deviceScaleFactor: 1 },
  // A window of 1440 by 900 at 200 % has half as many CSS pixels, each twice as large.
  { name: 'at 200 % zoom', viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
];

for (const { name, viewport, deviceScaleFactor } of views) {
  test.describe(name, () => {
    test.use({ viewport, deviceScaleFactor });

    test(`a message is written, sent and answered ${name}`, async ({ console, page }) => {
      const check = async (view: string) => {
        expect(await overhang(page), view).toBeLessThanOrEqual(0);
        expect(await stickingOut(page), view).toEqual([]);
      };
      const names = await console.panels.getByRole('button').allInnerTexts();
      for (const panel of names) {
        await console.panels.getByRole('button', { name: panel, exact: true }).click();
        await check(panel);
      }
      await console.panels.getByRole('button', { name: 'Compose' }).click();
      await expect(page.locator('.monaco-editor').first()).toBeVisible();
      await console.send('{"SH_NEW":{"name":"small"}}');
      await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeInViewport();
      await expect(console.button('Send')).toBeInViewport({ ratio: 1 });
      for (let count = 0; count < 6; count += 1) await page.keyboard.press('Alt+t');
      await expect(console.tabs).toHaveCount(7);
      await expect(console.tabs.nth(6)).toBeInViewport({ ratio: 0.9 });
      await expect(console.button('New tab')).toBeInViewport({ ratio: 1 });
      await check('seven tabs');
      const close = page.getByRole('button', { name: /^Close / }).nth(6);
      await expect(close).toBeInViewport({ ratio: 0.9 });
    });

    test(`dialogs fit and can be worked with ${name}`, async ({ console, page }) => {
      const dialog = page.getByRole('dialog');
      for (const button of ['Search or run', 'Settings', 'Connection details']) {
        if (button === 'Connection details') await console.unfoldAddress();
        await console.button(button).click();
        await expect(dialog).toBeVisible();
        const { top, right, bottom, left } = await edgesOf(dialog);
        expect(Math.min(left, top), button).toBeGreaterThanOrEqual(0);
        expect(right, button).toBeLessThanOrEqual(viewport.width);
        expect(bottom, button).toBeLessThanOrEqual(viewport.height);
        expect(await stickingOut(page), button).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(dialog).toHaveCount(0);
      }
    });
  });
}

test('the first Tab stop leads to the composer, on a wide page and on a narrow one', async ({
  console,
  page,
}) => {
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(console.button('Skip to the composer')).toBeFocused();
  await expect(console.button('Skip to the composer')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(console.editor).toBeFocused();
  await page.setViewportSize({ width: 390, height: 800 });
  await console.panels.getByRole('button', { name: 'Learn' }).click();
  await expect(console.editor).toHaveCount(0);
  await console.button('Skip to the composer').focus();
  await page.keyboard.press('Enter');
  await expect(console.editor).toBeFocused();
});

test('who wants no motion gets none', async ({ console, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await console.button('Settings').click();
  const knob = page.getByRole('switch', { name: 'Two-pane view' }).locator('span');
  await expect(knob).toHaveCSS('transition-property', 'none');
});

test.describe('at 1024 px', () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test('both sides and the middle fit next to one another, with many tabs as well', async ({
    console,
    page,
  }) => {
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('Alt+t');
    await expect(console.tabs).toHaveCount(5);
    for (const part of [console.tutorial, console.composer, console.sessions]) {
      const { left, right } = await edgesOf(part);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(1024);
    }
    await expect(console.button('New tab')).toBeInViewport({ ratio: 1 });
  });
});

test('in the narrowest window a row of the log shows how long its reply took', async ({
  console,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await console.panels.getByRole('button', { name: 'Compose' }).click();
  await console.send('{"SH_INFO_ALL":{}}');
  const row = console.rows(/Received SH_INFO_ALL_RSP/);
  const latency = row.getByText(/^[\d.]+ m?s$/);
  await expect(latency).toBeVisible();
  const isWhole = latency.evaluate((figure) => {
    const line = figure.closest('button')?.getBoundingClientRect();
    return line !== undefined && figure.getBoundingClientRect().right <= line.right;
  });
  expect(await isWhole).toBe(true);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the header is one line, and the address is a press away', async ({ console, page }) => {
    const header = page.getByRole('banner');
    const heightOf = async () => (await header.boundingBox())?.height;
    expect(await heightOf()).toBe(48);
    await expect(console.connection).toHaveText(/Connected to/);
    const address = page.getByRole('textbox', { name: 'Server URL' });
    await expect(address).toHaveCount(0);
    await console.unfoldAddress();
    await expect(address).toBeVisible();
    await console.button('Disconnect').click();
    await expect(console.button('Connect')).toBeVisible();
    await console.button('Connect').click();
    await expect(console.connection).toHaveText(/Connected to/);
    await console.button('Address and details').click();
    expect(await heightOf()).toBe(48);
  });

  test('Run says what came back, and View shows it', async ({ console, page }) => {
    await console.tutorial.getByRole('button', { name: 'Run', exact: true }).click();
    const notice = page.getByRole('status', { name: 'Notice' });
    await expect(notice).toContainText('SH_INFO_ALL_RSP');
    await notice.getByRole('button', { name: 'View' }).click();
    await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toBeInViewport();
  });

  test('a chosen session has the whole screen', async ({ console, otherClient, page }) => {
    await otherClient.newSession('{"name":"basket"}');
    await console.panels.getByRole('button', { name: 'Sessions' }).click();
    await console.sessionRow(/basket/).click();
    await expect(console.session).toBeVisible();
    await expect.poll(() => console.session.boundingBox()).toMatchObject({ y: 0, height: 844 });
    await console.button('Close session').click();
    await expect(console.panels).toBeVisible();
    await expect(page.getByRole('banner')).toBeVisible();
  });
});
