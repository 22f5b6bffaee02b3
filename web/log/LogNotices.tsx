import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { noFilter } from './search/logFilter.ts';
import type { MessageLog } from './store/messageLog.ts';
import { facetLabels, texts } from './texts.ts';

/** The values that the log is filtered by, each with a button to remove it. */
export function FilterChips({ log }: { readonly log: MessageLog }) {
  const facets = useStore(log.store, (view) => view.filter.facets);
  if (facets.length === 0) return null;
  return (
    <ul className="log-chips" aria-label={texts.filters}>
      {facets.map((facet) => {
        const label = texts.facet(facetLabels[facet.kind], facet.label);
        return (
          <li key={`${facet.kind}:${facet.value}`} className="chip is-accent">
            {facetLabels[facet.kind]} <b translate="no">{facet.label}</b>
            <button
              type="button"
              aria-label={texts.removeFilter(label)}
              title={texts.removeFilter(label)}
              onClick={() => log.setFilter({ facets: facets.filter((each) => each !== facet) })}
            >
              <X size={12} />
            </button>
          </li>
        );
      })}
      <li>
        <button
          type="button"
          className="log-link"
          onClick={() => log.setFilter({ facets: noFilter.facets })}
        >
          {texts.clearFilters}
        </button>
      </li>
    </ul>
  );
}

/** Notices: the display is paused, the log was cleared, a flood arrives. */
export function LogNotices({ log }: { readonly log: MessageLog }) {
  const arrived = useStore(log.store, (view) => view.arrivedWhilePaused);
  const cleared = useStore(log.store, (view) => view.cleared);
  return (
    <>
      {arrived !== undefined && (
        <div className="notice is-warn log-notice">
          <span>{texts.paused(arrived)}</span>
        </div>
      )}
      {cleared > 0 && (
        <div className="notice log-notice">
          <span role="status">{texts.cleared(cleared)}</span>
          <Button onClick={() => log.undoClear()}>{texts.undo}</Button>
        </div>
      )}
      <FloodMeter log={log} />
    </>
  );
}

function FloodMeter({ log }: { readonly log: MessageLog }) {
  const flood = useStore(log.store, (view) => view.flood);
  const keepsAll = useStore(log.store, (view) => view.keepsAll);
  if (!flood) return null;
  return (
    <div className="notice is-warn log-notice" title={texts.floodHint}>
      <span className="log-flood">
        {flood.oneIn === 1
          ? texts.floodAll(flood.perSecond)
          : texts.floodSampled(flood.perSecond, flood.oneIn)}
      </span>
      <Button onClick={() => log.keepAll(!keepsAll)}>
        {keepsAll ? texts.sampleAgain : texts.keepAll}
      </Button>
    </div>
  );
}

/** Exact counts, also of what was dropped. */
export function LogCountsLine({ log }: { readonly log: MessageLog }) {
  const counts = useStore(log.store, (view) => view.counts);
  const shown = useStore(log.store, (view) => view.shown);
  if (counts.received + counts.sent + counts.kept === 0) return null;
  return (
    <p className="log-counts" role="group" aria-label={texts.counts}>
      <span>{texts.countReceived(counts.received)}</span>
      <span>{texts.countSent(counts.sent)}</span>
      <span>{texts.countShown(shown)}</span>
      {counts.leftOut > 0 && <span>{texts.leftOut(counts.leftOut)}</span>}
      {counts.dropped > 0 && <strong>{texts.dropped(counts.dropped)}</strong>}
    </p>
  );
}
