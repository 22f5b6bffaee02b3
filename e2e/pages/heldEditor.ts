import type { Page } from '@playwright/test';

/** Opens the console while the full editor does not come yet. @returns What lets it come. */
export async function openWithHeldEditor(page: Page, url: string): Promise<() => void> {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(/\/assets\/monaco-[^/]*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url);
  return letThrough;
}
