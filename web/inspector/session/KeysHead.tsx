import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Inspector } from '../inspector.ts';
import { texts } from '../texts.ts';

interface KeysHeadProps {
  readonly inspector: Inspector;
  readonly notice: string;
  readonly children: ReactNode;
}

/** How many keys there are, and what can be done with all of them. */
export function KeysHead({ inspector, notice, children }: KeysHeadProps) {
  useStore(inspector.store, (view) => view.keysVersion);
  const watched = useStore(inspector.store, (view) => view.watched);
  if (!watched) return null;
  const { totalKeys, areKeysKnown } = watched;
  return (
    <div className="key-head">
      <h4>{areKeysKnown ? texts.countOfKeys(totalKeys) : texts.readingKeys}</h4>
      <span className="spring" />
      <span role="status" className="session-note">
        {notice}
      </span>
      {children}
    </div>
  );
}
