import type { StoreFacts } from '../../protocol/inspection/storeFacts.ts';
import { formatBytes, formatMoment } from '../ui/format.ts';
import { storeTexts } from './storeTexts.ts';

/** How safe the server's data is, in full. */
export function StoreDetails({ store }: { readonly store: StoreFacts }) {
  const { durability, journal } = store;
  return (
    <section aria-label={storeTexts.data}>
      <h3>{storeTexts.data}</h3>
      <dl className="connection-facts">
        <dt>{storeTexts.durability}</dt>
        <dd>{storeTexts[durability]}</dd>
        <dt>{storeTexts.changes}</dt>
        <dd>{changesText(store)}</dd>
        {journal && (
          <>
            <dt>{storeTexts.lastSync}</dt>
            <dd>{momentOf(journal.lastSyncAtMs)}</dd>
            <dt>{storeTexts.unsynced}</dt>
            <dd translate="no">{formatBytes(journal.unsyncedBytes)}</dd>
            <dt>{storeTexts.snapshot}</dt>
            <dd>{momentOf(journal.lastSnapshotAtMs)}</dd>
            <dt>{storeTexts.journal}</dt>
            <dd>{storeTexts.sinceSnapshot(formatBytes(journal.journalBytes))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function changesText({ state, reason = '', readOnly }: StoreFacts): string {
  if (state === 'refusing') return storeTexts.refusing(reason);
  return readOnly ? storeTexts.readOnly : storeTexts[state];
}

function momentOf(atMs: number | undefined): string {
  return atMs === undefined ? storeTexts.none : formatMoment(atMs);
}
