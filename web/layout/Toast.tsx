import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Shell } from './shellStore.ts';
import { texts } from './texts.ts';
import './Toast.css';

const shownForMs = 5000;
/** To be read, and perhaps undone or followed. */
const offerForMs = 15_000;

/** A line about what was just done. It is always there, so that a screen reader notices the change. */
export function Toast({ shell }: { readonly shell: Shell }) {
  const notice = useStore(shell.store, (view) => view.notice);
  const [over, setOver] = useState<object>();
  useEffect(() => {
    if (!notice) return undefined;
    const timer = window.setTimeout(() => setOver(notice), notice.offer ? offerForMs : shownForMs);
    return () => window.clearTimeout(timer);
  }, [notice]);
  const shown = notice === over ? undefined : notice;
  const take = () => {
    shown?.offer?.run();
    setOver(shown);
  };
  return (
    <div role="status" aria-label={texts.notice} className={shown ? 'toast is-shown' : 'toast'}>
      {shown?.text}
      {shown?.offer && <Button onClick={take}>{shown.offer.label}</Button>}
    </div>
  );
}
