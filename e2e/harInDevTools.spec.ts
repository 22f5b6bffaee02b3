import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/**
 * The DevTools that this browser has, as a page beside the page they look at.
 * @returns undefined where the browser was built without them.
 */
async function openDevTools(page: Page, port: number): Promise<Page | undefined> {
  const devToolsHost = `127.0.0.1:${port}`;
  const answer = await fetch(`http://${devToolsHost}/json`);
  const targets = (await answer.json()) as readonly { id: string; type: string }[];
  const target = targets.find(({ type }) => type === 'page')?.id ?? '';
  const devTools = await page.context().newPage();
  await devTools.setViewportSize({ width: 1600, height: 900 });
  const query = `ws=${devToolsHost}/devtools/page/${target}&panel=network`;
  const opened = await devTools.goto(`http://${devToolsHost}/devtools/inspector.html?${query}`);
  return opened?.ok() ? devTools : undefined;
}

test('a log as HAR opens in the network panel of DevTools, with its messages', async ({
  console,
  page,
  playwright,
}, testInfo) => {
  test.slow(); // A second browser, and DevTools take their time.
  await console.send('{"SH_NEW":{"name":"in DevTools"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.button('Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export messages' });
  await dialog.getByRole('radio', { name: 'HAR' }).check();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ]);
  const har = testInfo.outputPath('log.har');
  await file.saveAs(har);

  const profile = testInfo.outputPath('profile');
  const { launchOptions } = testInfo.project.use;
  const fullChromium = process.env['FULL_CHROMIUM_PATH'];
  const context = await playwright.chromium.launchPersistentContext(profile, {
    ...launchOptions,
    // The shell that other stories run in has no DevTools.
    ...(fullChromium === undefined ? {} : { executablePath: fullChromium }),
    args: [
      ...(launchOptions?.args ?? []),
      '--remote-debugging-port=0',
      '--remote-allow-origins=*', // DevTools as a page have an origin.
    ],
  });
  try {
    const active = await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8');
    const [looked = await context.newPage()] = context.pages();
    const devTools = await openDevTools(looked, Number.parseInt(active, 10));
    if (!devTools) {
      testInfo.annotations.push({ type: 'not shown', description: 'a browser without DevTools' });
      return;
    }
    // A picture of the page takes the room that the tabs of a request need.
    await devTools.getByRole('button', { name: 'Toggle screencast' }).click();
    await devTools.locator('input[type=file]').setInputFiles(har);

    await devTools
      .getByRole('row', { name: /101.*websocket/ })
      .getByText('127.0.0.1')
      .click();
    await devTools.getByRole('tab', { name: 'Messages' }).click();
    const messages = devTools.getByRole('row');
    await expect(messages.filter({ hasText: '{"SH_NEW":{"name":"in DevTools"}}' })).toBeVisible();
    await expect(messages.filter({ hasText: /"SH_NEW_RSP".*"tkn":"token-1"/ })).toBeVisible();
  } finally {
    await context.close();
  }
});
