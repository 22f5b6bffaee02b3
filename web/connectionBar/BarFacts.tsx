import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import { formatMs } from '../ui/formatMs.ts';
import { barTexts as texts } from './barTexts.ts';
import type { StoreSource } from './storeSource.ts';

interface BarFactProps {
  readonly connection: Connection;
}

/** Beside the button of the details, while it is measured. */
export function RoundTrip({ connection }: BarFactProps) {
  const roundTripMs = useStore(connection.store, (view) => view.roundTripMs);
  if (roundTripMs === undefined) return null;
  const time = formatMs(roundTripMs);
  return (
    <span className="connection-trip" title={texts.tripHint(time)} aria-hidden>
      {texts.trip(time)}
    </span>
  );
}

/** How safe the data is, in a word or two; the details have the rest. */
export function StoreChip({ connection, source }: BarFactProps & { readonly source: StoreSource }) {
  const isOpen = useStore(connection.store, ({ status }) => status.state === 'open');
  const state = useStore(source, ({ store }) => store?.state);
  const durability = useStore(source, ({ store }) => store?.durability);
  const isReadOnly = useStore(source, ({ store }) => store?.readOnly);
  if (!isOpen || !state || !durability) return null;
  const kind = isReadOnly ? 'readOnly' : durability;
  const isReady = state === 'ready';
  return (
    <span
      role="status"
      aria-label={texts.durability}
      className={state === 'refusing' ? 'chip is-bad' : 'chip'}
      title={isReady ? texts[`${kind}Hint`] : undefined}
    >
      {isReady ? texts[kind] : texts[state]}
    </span>
  );
}
