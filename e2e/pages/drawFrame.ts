import type { Page } from '@playwright/test';

/**
 * Waits until the page has been laid out and drawn. Once in some thousand resizes Chromium stops
 * drawing until the next one, so the window is resized again when no frame comes.
 */
export async function drawFrame(page: Page): Promise<void> {
  const size = page.viewportSize();
  while (!(await page.evaluate(isFrameDrawn)) && size) {
    await page.setViewportSize({ ...size, width: size.width + 1 });
    await page.setViewportSize(size);
  }
}

/** Runs in the page. @returns Whether two frames came within five seconds. */
function isFrameDrawn(): Promise<boolean> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
    setTimeout(() => resolve(false), 5_000);
  });
}
