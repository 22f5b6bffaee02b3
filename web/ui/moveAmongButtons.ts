import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** For a list of buttons with one tab stop: arrows, Home and End move the focus from button to button. */
export function moveAmongButtons(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = nextPlace(event.key, at, buttons.length);
  if (next === undefined) return;
  event.preventDefault();
  // An outer list has the same keys.
  event.stopPropagation();
  buttons[next]?.focus();
}

function nextPlace(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  return step === undefined ? undefined : (at + step + count) % count;
}
