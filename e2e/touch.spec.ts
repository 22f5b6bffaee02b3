import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { drawFrame } from './pages/drawFrame.ts';

test.use({ editor: 'full' });

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Every control of the page that a finger misses within 44 px of its middle, or that another takes. */
async function smallTargets(page: Page): Promise<string[]> {
  // What unfolds takes its room in the frame after.
  await drawFrame(page);
  return page.evaluate(async () => {
    // Half of 44 px; a pixel less each way, for edges that fall between two.
    const reachPx = 21;
    const controls =
      'button, input:not([type=file]), select, textarea, summary, [role=tab], [role=treeitem], [role=separator]';
    const open = document.querySelector('[popover]:popover-open, dialog[open]') ?? document.body;
    const parts = [...open.querySelectorAll<HTMLElement>(controls)].filter(
      (part) =>
        part.closest('.monaco-editor, .skip-link, .visually-hidden') === null &&
        part.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    );
    const nameOf = (part: Element | null) =>
      part?.getAttribute('aria-label') ??
      (part?.textContent.trim().slice(0, 40) || part?.className);
    const isHit = (part: HTMLElement, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      if (hit === null) return false;
      return part.contains(hit) || hit.closest('label')?.control === part;
    };
    const small: string[] = [];
    for (const part of parts) {
      part.scrollIntoView({ block: 'center', inline: 'nearest' });
      const target = part.closest('label') ?? part;
      const { left, top, width, height } = target.getBoundingClientRect();
      const y = top + height / 2;
      const missedAt = (x: number) =>
        [
          [x, y],
          [x - reachPx, y],
          [x + reachPx, y],
          [x, y - reachPx],
          [x, y + reachPx],
        ].find(([px = 0, py = 0]) => !isHit(part, px, py));
      // A wide one may have others over its end: a tab the button that closes it.
      const middles = width < 132 ? [0.5] : [0.5, 0.3, 0.7];
      const missed = middles.map((share) => missedAt(left + width * share));
      if (missed.includes(undefined)) continue;
      const [px = 0, py = 0] = missed[0] ?? [];
      const other = nameOf(document.elementFromPoint(px, py));
      small.push(
        `${nameOf(part)}: ${Math.round(width)} × ${Math.round(height)}, beside it ${other}`,
      );
    }
    return small;
  });
}

test('every control has room for a finger, in every view', async ({ console, page }) => {
  test.slow(); // A walk through the whole page.
  const found: string[] = [];
  const look = async (view: string) => {
    for (const target of await smallTargets(page)) found.push(`${view}: ${target}`);
  };
  const show = (name: string) => console.panels.getByRole('button', { name, exact: true }).tap();
  await show('Compose');
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await console.send('{"SH_NEW":{"name":"small"}}');
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toBeVisible();
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":[{"b":1},{"b":2}]}}}');
  await expect(console.rows(/Received KV_SET_RSP/)).toBeVisible();
  await look('compose');
  await page.getByRole('button', { name: 'Variables' }).tap();
  await look('variables');
  await page.keyboard.press('Escape');
  await console.button('Templates').tap();
  await look('templates');
  await page.keyboard.press('Escape');
  await console.response.getByRole('searchbox').fill('small');
  await look('search');
  await console.response.getByRole('searchbox').fill('');
  const row = console.rows(/Sent KV_SET/);
  const reply = row.getByRole('group', { name: 'Reply' });
  await expect(reply).toBeVisible();
  await look('an opened row');
  await reply.getByRole('button', { name: 'Tree' }).tap();
  await expect(row.getByRole('treeitem').first()).toBeVisible();
  await look('a tree');
  await row.getByRole('checkbox').tap();
  await look('a chosen row');
  await page.keyboard.press('Alt+t');
  await look('two tabs');
  for (const view of ['Learn', 'Reference', 'Saved', 'History', 'Sessions']) {
    await show(view);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await look(view);
  }
  await console.sessionRow(/small/).tap();
  await expect(console.session).toBeVisible();
  await console.session.getByRole('treeitem', { name: /^a/ }).tap();
  await look('a session');
  expect(found).toEqual([]);
});

test('every control of a dialog has room for a finger', async ({ console, page }) => {
  const found: string[] = [];
  const dialog = page.getByRole('dialog');
  const look = async (view: string) => {
    for (const target of await smallTargets(page)) found.push(`${view}: ${target}`);
  };
  for (const name of ['Settings', 'Connection details', 'Search or run']) {
    if (name === 'Connection details') await console.unfoldAddress();
    await console.button(name).tap();
    await expect(dialog).toBeVisible();
    const tabs = await dialog.getByRole('tab').all();
    for (const tab of tabs.length > 0 ? tabs : [undefined]) {
      await tab?.tap();
      await look(name);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await console.panels.getByRole('button', { name: 'Compose' }).tap();
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toBeVisible();
  await console.button('Save message').tap();
  await expect(dialog).toBeVisible();
  await look('Save message');
  await page.keyboard.press('Escape');
  await console.response.getByRole('button', { name: 'Export' }).tap();
  await expect(dialog).toBeVisible();
  await look('Export');
  expect(found).toEqual([]);
});
