import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Shell } from './shellStore.ts';
import { texts } from './texts.ts';
import './Toast.css';

const shownForMs = 5000;
/** To be read, and perhaps undone. */
const undoForMs = 15_000;

/** A line about what was just done. It is always there, so that a screen reader notices the change. */
export function Toast({ shell }: { readonly shell: Shell }) {
  const notice = useStore(shell.store, (view) => view.notice);
  const [over, setOver] = useState<object>();
  useEffect(() => {
    if (!notice) return undefined;
    const timer = window.setTimeout(() => setOver(notice), notice.undo ? undoForMs : shownForMs);
    return () => window.clearTimeout(timer);
  }, [notice]);
  const shown = notice === over ? undefined : notice;
  const undo = () => {
    shown?.undo?.();
    setOver(shown);
  };
  return (
    <div role="status" aria-label={texts.notice} className={shown ? 'toast is-shown' : 'toast'}>
      {shown?.text}
      {shown?.undo && <Button onClick={undo}>{texts.undo}</Button>}
    </div>
  );
}
