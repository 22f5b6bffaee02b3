import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

const budget = { clicks: 24, keys: 106 };

/** Counts what a person does in the page, over reloads as well. Modifiers alone are no key. */
async function countActs(page: Page) {
  const acts = { clicks: 0, keys: 0 };
  await page.exposeFunction('countAct', (kind: 'clicks' | 'keys') => {
    acts[kind] += 1;
  });
  await page.evaluate(listenToActs);
  return { acts, listenAgain: () => page.evaluate(listenToActs) };
}

/** Runs in the page. */
function listenToActs(): void {
  const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta']);
  const count = (kind: string) => {
    if ('countAct' in window && typeof window.countAct === 'function') window.countAct(kind);
  };
  addEventListener('pointerdown', () => count('clicks'), true);
  addEventListener('keydown', ({ key }) => !modifiers.has(key) && count('keys'), true);
}

test('a new user’s way, from the first message to a saved one after a reload, is short', async ({
  console,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const { acts, listenAgain } = await countActs(page);
  const { keyboard } = page;
  const offers = page.getByRole('listbox', { name: 'Suggest' }).getByRole('option');
  const pick = async (typed: string, offer: string) => {
    await keyboard.type(typed);
    await expect(offers.first()).toContainText(offer);
    await keyboard.press('Enter');
    await expect(offers).toHaveCount(0);
  };
  const start = async (typed: string, command: string) => {
    await keyboard.press('Control+a');
    await pick(typed, command);
  };
  const sendFor = async (reply: RegExp) => {
    await keyboard.press('Control+Enter');
    await expect(console.rows(reply).first()).toBeVisible();
  };

  await test.step('the seed by hand', async () => {
    await console.button('Send').click();
    await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toBeVisible();
    await page.locator('.monaco-editor .view-line').first().click();
    await start('SH_N', 'SH_NEW');
    await sendFor(/Received SH_NEW_RSP, Ok/);
    const sample = '{"SH_INFO": {"tkn": "14247375118774737462"}}';
    await page.evaluate((text) => navigator.clipboard.writeText(text), sample);
    await keyboard.press('Control+a');
    await keyboard.press('Control+v');
    await expect.poll(() => console.written()).toBe(sample);
    await sendFor(/Received SH_INFO_RSP, SessionNotExist/);
    await console.tutorial.getByRole('button', { name: 'Use my token' }).click();
    await expect.poll(() => console.written()).toContain('{{tkn}}');
    await sendFor(/Received SH_INFO_RSP, Ok/);
  });

  await test.step('lessons 1 and 2', async () => {
    const next = console.tutorial.getByRole('button', { name: 'Next', exact: true });
    const run = console.tutorial.getByRole('button', { name: 'Run', exact: true });
    const result = console.tutorial.getByRole('status', { name: 'Step result' });
    const place = console.tutorial.getByText(/^Step \d+ of \d+$/);
    await next.click();
    await next.click();
    for (let step = 1; step <= 8; step += 1) {
      await expect(place).toHaveText(`Step ${step} of 8`);
      if (await run.isVisible()) {
        await run.click();
        await expect(result).toContainText('Done');
      }
      await next.click();
    }
    await expect(console.tutorial).toContainText('Sessions that expire');
  });

  await test.step('a basket that expires, with two things in it', async () => {
    await page.locator('.monaco-editor .view-line').first().click();
    await start('SH_N', 'SH_NEW');
    await keyboard.type('basket');
    await keyboard.press('Tab');
    await pick(', "e', 'expiry');
    await keyboard.type('600');
    await sendFor(/Received SH_NEW_RSP, Ok/);
    await expect(console.sessionRow(/basket/)).toBeVisible();
    await start('KV_S', 'KV_SET');
    await keyboard.type('items');
    await keyboard.press('Tab');
    await keyboard.type('[{"price": 120');
    await keyboard.press('ArrowRight');
    await keyboard.type(', {"price": 8');
    await sendFor(/Received KV_SET_RSP/);
  });

  await test.step('find, save, reload, and on with the session', async () => {
    await start('KV_F', 'KV_FIND');
    await keyboard.type('$[?(@.price > 100)]');
    const found = console.rows(/Received KV_FIND_RSP/);
    await sendFor(/Received KV_FIND_RSP/);
    await expect(found).toContainText('"items"');
    await keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Save message' });
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await keyboard.type('dear');
    await keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await page.reload();
    await listenAgain();
    await console.panels.getByRole('button', { name: 'Saved' }).click();
    await console.button('Send dear').click();
    await console.composer.getByRole('button', { name: /^Use basket ··\d+ and send$/ }).click();
    await expect(found).toContainText('"items"');
  });

  expect(acts.clicks).toBeLessThanOrEqual(budget.clicks);
  expect(acts.keys).toBeLessThanOrEqual(budget.keys);
});
