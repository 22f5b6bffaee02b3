import type { Virtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { ListedSession } from './sessionList.ts';

interface RowFocusInput {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  readonly sessions: readonly ListedSession[];
  /** The row that Tab leads to. */
  readonly tabStopIndex: number;
  readonly setActiveId: (id: string | undefined) => void;
}

const pageRows = 10;

/** Arrows, Home, End and the page keys lead from row to row, of which only some exist. */
export function useRowFocus({ rows, sessions, tabStopIndex, setActiveId }: RowFocusInput) {
  return (event: KeyboardEvent) => {
    const to = targetOf(event.key, tabStopIndex, sessions.length);
    if (to === undefined) return;
    event.preventDefault();
    // The row has to exist before it can be given the focus.
    flushSync(() => setActiveId(sessions[to]?.id));
    rows.scrollToIndex(to);
    const next = rows.scrollElement?.querySelector<HTMLElement>('.session-open[tabindex="0"]');
    next?.focus({ preventScroll: true });
  };
}

/** @returns The index that a key leads to; undefined when the key means no move. */
function targetOf(key: string, from: number, count: number): number | undefined {
  const steps = new Map([
    ['ArrowDown', 1],
    ['ArrowUp', -1],
    ['PageDown', pageRows],
    ['PageUp', -pageRows],
    ['Home', -count],
    ['End', count],
  ]);
  const step = steps.get(key);
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, from + step));
}
