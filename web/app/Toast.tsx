import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Shell } from './shellStore.ts';
import { messages as say } from './messages.ts';
import './Toast.css';

const shownForMs = 5000;

/** A line about what was just done. It is always there, so that a screen reader notices the change. */
export function Toast({ shell }: { readonly shell: Shell }) {
  const told = useStore(shell.store, (view) => view.told);
  const [over, setOver] = useState<object>();
  useEffect(() => {
    if (!told) return undefined;
    const timer = window.setTimeout(() => setOver(told), shownForMs);
    return () => window.clearTimeout(timer);
  }, [told]);
  const text = told && told !== over ? told.text : '';
  return (
    <div role="status" aria-label={say.notice} className={text === '' ? 'toast' : 'toast is-shown'}>
      {text}
    </div>
  );
}
