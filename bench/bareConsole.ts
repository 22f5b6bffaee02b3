import type { BarePage } from './barePage.ts';
import { pause } from './pause.ts';
import type { Addresses } from './withFlood.ts';

/** A page that is behind gets so long to take in the rest. */
const catchUpMs = 60_000;

/** Connects a console to the server that floods; the first message sent sets it off. */
export async function connectToFlood(
  page: BarePage,
  at: Addresses,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<void> {
  await page.click('Disconnect');
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('[aria-label="Server URL"]');
    field?.focus();
    field?.select();
  });
  await page.send('Input.insertText', {
    text: `ws://${at.flood}/?rate=${rate}&seconds=${seconds}`,
  });
  await page.click('Connect');
  await page.until((host) => document.body.innerText.includes(`Connected to ${host}`), at.flood);
  await page.until(() => document.querySelector('.monaco-editor .view-line') !== null);
}

/** Sets the flood off. */
export async function startFloodBare(page: BarePage, options: { readonly keepsAll: boolean }) {
  await page.evaluate(() => window.seshdeck.composer.setText('{"SV_INFO":{}}'));
  await page.click('Send');
  if (options.keepsAll) await page.click('Show all');
}

export async function focusComposer(page: BarePage): Promise<void> {
  await page.until(() => {
    const editor = '.monaco-editor textarea, .monaco-editor [role=textbox], textarea';
    const field = document.querySelector<HTMLElement>(editor);
    field?.focus();
    return field !== null && document.activeElement === field;
  });
}

/** What the log says that it has received, once it is all or the page had time enough. */
export async function countWhenSettledBare(page: BarePage, expected: number): Promise<number> {
  const endMs = performance.now() + catchUpMs;
  for (;;) {
    const text = await page.evaluate(
      () => document.querySelector('[aria-label="Message counts"]')?.textContent ?? '',
    );
    const received = Number(/([\d,]+) received/.exec(text)?.[1]?.replaceAll(',', ''));
    if (received === expected || performance.now() > endMs) return received;
    await pause(500);
  }
}

/** Bytes of JavaScript heap that are in use after a collection. */
export async function heapBytesBare(page: BarePage): Promise<number> {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await page.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize;
}
