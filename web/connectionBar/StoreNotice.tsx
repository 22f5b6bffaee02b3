import { useStore } from 'zustand';
import type { StoreSource } from './storeSource.ts';
import { storeTexts } from './storeTexts.ts';

/** Why the server refuses changes, and what helps. */
export function StoreNotice({ source }: { readonly source: StoreSource }) {
  const reason = useStore(source, ({ store }) => store?.reason ?? '');
  const known = knownCause(reason);
  return (
    <div className="notice is-bad connection-notice">
      <span role="alert">
        <strong>{storeTexts.refused}</strong>{' '}
        {known ? storeTexts[known] : storeTexts.unknownCause(reason)} {storeTexts.readingWorks}
      </span>
      {known && <code translate="no">{reason}</code>}
    </div>
  );
}

/** Names of system errors that we have better words for. */
const causes = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EROFS: 'readOnlyDisk',
  EIO: 'diskError',
} as const;

/** The cause that a reason names, if it is one that we know. */
function knownCause(reason: string) {
  const name = /\bE[A-Z]+\b/.exec(reason)?.[0] ?? '';
  return Object.hasOwn(causes, name) ? causes[name as keyof typeof causes] : undefined;
}
