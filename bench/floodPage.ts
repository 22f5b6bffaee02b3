import type { Browser, Page } from '@playwright/test';
import { freshPage, openConsole, sendMessage } from './browser.ts';
import { pause } from './pause.ts';
import type { Addresses } from './withFlood.ts';

/** A page that is behind gets so long to take in the rest. */
const catchUpMs = 60_000;

/** A console connected to the server that floods; the first message sent sets it off. */
export async function openFlooded(
  browser: Browser,
  at: Addresses,
  flood: { readonly rate: number; readonly seconds: number },
): Promise<Page> {
  const page = await freshPage(browser);
  const { rate, seconds } = flood;
  await openConsole(page, at.console, `ws://${at.flood}/?rate=${rate}&seconds=${seconds}`);
  return page;
}

/** Sets the flood off. */
export async function startFlood(page: Page, options: { readonly keepsAll: boolean }) {
  await sendMessage(page, '{"SV_INFO":{}}');
  if (options.keepsAll) await page.getByRole('button', { name: 'Show all', exact: true }).click();
}

/** What the log says that it has received, once it is all or the page had time enough. */
export async function countWhenSettled(page: Page, expected: number): Promise<number> {
  const counts = page.getByRole('group', { name: 'Message counts' });
  const read = async () => {
    const text = /([\d,]+) received/.exec((await counts.textContent()) ?? '')?.[1];
    return Number(text?.replaceAll(',', ''));
  };
  const endMs = performance.now() + catchUpMs;
  let received = await read();
  while (received !== expected && performance.now() < endMs) {
    await pause(500);
    received = await read();
  }
  return received;
}
