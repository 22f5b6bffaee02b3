import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';

const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Path of a Chromium, the one that the stories run in. */
export function chromiumPath(): string {
  const finder = new URL('../scripts/findChromium.mjs', import.meta.url).pathname;
  return execFileSync(process.execPath, [finder]).toString().trim();
}

/** Runs with a browser and closes it, whatever comes. */
export async function withBrowser<T>(run: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    return await run(browser);
  } finally {
    await browser.close();
  }
}

/** A page as a first visitor sees it: nothing cached, nothing kept. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  return context.newPage();
}

/** The console, open and pointed at another server. */
export async function openConsole(page: Page, console: string, server: string): Promise<void> {
  await page.goto(console);
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByRole('textbox', { name: 'Server URL' }).fill(server);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page
    .getByText(`Connected to ${new URL(server).host}`)
    .first()
    .waitFor();
  await page
    .locator('.monaco-editor textarea, .monaco-editor [role=textbox]')
    .first()
    .waitFor({ state: 'attached' });
}

/** Sends through the console. */
export async function sendMessage(page: Page, text: string): Promise<void> {
  await page.evaluate((message) => window.seshdeck.composer.setText(message), text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Bytes of JavaScript heap that are in use after a collection. */
export async function heapBytes(page: Page): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devTools.send('Runtime.getHeapUsage');
  await devTools.detach();
  return usedSize;
}
