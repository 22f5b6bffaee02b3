import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Shell } from './shellStore.ts';
import { messages as say } from './messages.ts';
import './Toast.css';

const shownForMs = 5000;
/** To be read, and perhaps undone. */
const undoForMs = 15_000;

/** A line about what was just done. It is always there, so that a screen reader notices the change. */
export function Toast({ shell }: { readonly shell: Shell }) {
  const told = useStore(shell.store, (view) => view.told);
  const [over, setOver] = useState<object>();
  useEffect(() => {
    if (!told) return undefined;
    const timer = window.setTimeout(() => setOver(told), told.undo ? undoForMs : shownForMs);
    return () => window.clearTimeout(timer);
  }, [told]);
  const shown = told === over ? undefined : told;
  const undo = () => {
    shown?.undo?.();
    setOver(shown);
  };
  return (
    <div role="status" aria-label={say.notice} className={shown ? 'toast is-shown' : 'toast'}>
      {shown?.text}
      {shown?.undo && <Button onClick={undo}>{say.undo}</Button>}
    </div>
  );
}
