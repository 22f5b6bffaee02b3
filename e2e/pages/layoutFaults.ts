import type { Page } from '@playwright/test';
import { drawFrame } from './drawFrame.ts';

/**
 * What is wrong with the place of controls: cut off, covered by another, outside their panel or the
 * window, or gone although the panel had them before. Each panel's head is remembered by `seen`.
 */
export async function layoutFaults(page: Page, seen: Map<string, string[]>): Promise<string[]> {
  await drawFrame(page);
  const { faults, heads } = await page.evaluate(inspectPage);
  for (const [panel, names] of heads) {
    const before = seen.get(panel) ?? names;
    seen.set(panel, before);
    const gone = before.filter((name) => !names.includes(name));
    if (gone.length > 0) faults.push(`gone from ${panel}: ${gone.join(', ')}`);
  }
  return faults;
}

/** Runs in the page, after it has been drawn. */
function inspectPage() {
  const controls =
    'button, input:not([type=file]), select, textarea, a[href], summary, [role=tab], [role=switch]';
  const panels = 'dialog, .panel, header, nav, .connection-tabs, .notice';
  const floating = '.connection-closers, .log-select, .log-line, .session-cells, .saved-actions';
  const slackPx = 1;
  const open = document.querySelector('dialog[open]') ?? document.body;
  const parts = [...open.querySelectorAll<HTMLElement>(controls)].filter(
    (part) =>
      part.closest('.monaco-editor, .skip-link, .log-actions, .visually-hidden') === null &&
      !part.matches('.log-select') &&
      part.checkVisibility({ visibilityProperty: true }),
  );
  const nameOf = (part: Element) =>
    part.getAttribute('aria-label') ?? (part.textContent.trim() || part.tagName);

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }

  const isOutside = (box: Box, outer: Box) =>
    box.left < outer.left - slackPx ||
    box.right > outer.right + slackPx ||
    box.top < outer.top - slackPx ||
    box.bottom > outer.bottom + slackPx;

  /** What is left of a box inside a scroller, along the directions in which that scrolls. */
  const scrolled = (box: Box, outer: Element): Box => {
    const { overflowX, overflowY } = getComputedStyle(outer);
    const { left, top, right, bottom } = outer.getBoundingClientRect();
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
    const [isX, isY] = [scrolls(overflowX), scrolls(overflowY)];
    return {
      left: isX ? Math.max(left, box.left) : box.left,
      right: isX ? Math.min(right, box.right) : box.right,
      top: isY ? Math.max(top, box.top) : box.top,
      bottom: isY ? Math.min(bottom, box.bottom) : box.bottom,
    };
  };

  /** What cuts a control off, or has it stick out. Where one can scroll to it, it is not cut. */
  const cutBy = (part: Element): string | undefined => {
    let box: Box = part.getBoundingClientRect();
    for (let outer = part.parentElement; outer; outer = outer.parentElement) {
      box = scrolled(box, outer);
      if (box.left > box.right || box.top > box.bottom) return undefined;
      const isEdge = getComputedStyle(outer).overflow !== 'visible' || outer.matches(panels);
      if (isEdge && isOutside(box, outer.getBoundingClientRect())) return outer.className;
    }
    const page = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    return isOutside(box, page) ? 'the window' : undefined;
  };

  const isScrolledAway = (part: Element, x: number, y: number) => {
    for (let outer = part.parentElement; outer; outer = outer.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(outer);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const { left, top, right, bottom } = outer.getBoundingClientRect();
      if (x < left + 4 || x > right - 4 || y < top + 4 || y > bottom - 4) return true;
    }
    return false;
  };

  /** What lies over the middle or the ends of a control. */
  const coveredBy = (part: Element): string | undefined => {
    const { left, top, width, height } = part.getBoundingClientRect();
    const y = top + height / 2;
    for (const x of [left + 4, left + width / 2, left + width - 4]) {
      if (isScrolledAway(part, x, y)) continue;
      const hit = document.elementFromPoint(x, y);
      if (!hit || part.contains(hit) || hit.contains(part)) continue;
      // A tab has its closing button, and a row its box or its buttons, over its end.
      if (hit.closest(floating) !== null) continue;
      return nameOf(hit);
    }
    return undefined;
  };

  const faults: string[] = [];
  for (const part of parts) {
    const where = `${nameOf(part)} in ${part.closest('[aria-label], header')?.getAttribute('aria-label') ?? '-'}`;
    const cut = cutBy(part);
    if (cut !== undefined) faults.push(`cut by ${cut}: ${where}`);
    const cover = cut === undefined ? coveredBy(part) : undefined;
    if (cover !== undefined) faults.push(`under ${cover.slice(0, 40)}: ${where}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth)
    faults.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  const heads = [...open.querySelectorAll('.panel-head')].map((head): [string, string[]] => [
    head.closest('[aria-label]')?.getAttribute('aria-label') ?? '',
    parts.filter((part) => head.contains(part)).map(nameOf),
  ]);
  return { faults, heads };
}
