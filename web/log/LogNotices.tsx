import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { Sparkline } from '../ui/Sparkline.tsx';
import { useNow } from '../ui/useNow.ts';
import { shownSeconds, withRate, type RateHistory } from './rateHistory.ts';
import { noFilter } from './search/logFilter.ts';
import type { MessageLog } from './store/messageLog.ts';
import { facetLabels, onlyLabels, texts } from './texts.ts';

/** What the log is filtered by, each with a button to remove it. */
export function FilterChips({ log }: { readonly log: MessageLog }) {
  const { show, facets } = useStore(log.store, (view) => view.filter);
  if (facets.length === 0 && show === 'all') return null;
  const clear = () => log.setFilter({ show: noFilter.show, facets: noFilter.facets });
  return (
    <ul className="log-chips" aria-label={texts.filters}>
      {show !== 'all' && (
        <Chip
          name={onlyLabels[show]}
          label={onlyLabels[show]}
          onRemove={() => log.setFilter({ show: noFilter.show })}
        />
      )}
      {facets.map((facet) => (
        <Chip
          key={`${facet.kind}:${facet.value}`}
          name={texts.facet(facetLabels[facet.kind], facet.label)}
          label={
            <>
              {facetLabels[facet.kind]} <b translate="no">{facet.label}</b>
            </>
          }
          onRemove={() => log.setFilter({ facets: facets.filter((each) => each !== facet) })}
        />
      ))}
      <li>
        <button type="button" className="log-link" onClick={clear}>
          {texts.clearFilters}
        </button>
      </li>
    </ul>
  );
}

interface ChipProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly onRemove: () => void;
}

function Chip({ name, label, onRemove }: ChipProps) {
  const remove = texts.removeFilter(name);
  return (
    <li className="chip is-accent">
      {label}
      <button type="button" aria-label={remove} title={remove} onClick={onRemove}>
        <X size={12} />
      </button>
    </li>
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
      <RateLine perSecond={flood.perSecond} />
      <Button onClick={() => log.keepAll(!keepsAll)}>
        {keepsAll ? texts.sampleAgain : texts.keepAll}
      </Button>
    </div>
  );
}

const lineBox = { width: 88, height: 16, span: shownSeconds - 1 };

/** The rate of the last half minute as a line, from when the flood was noticed. */
function RateLine({ perSecond }: { readonly perSecond: number }) {
  const nowMs = useNow(1000);
  const [history, setHistory] = useState<RateHistory>([]);
  const [noted, setNoted] = useState({ nowMs: 0, perSecond: 0 });
  if (noted.nowMs !== nowMs || noted.perSecond !== perSecond) {
    setNoted({ nowMs, perSecond });
    setHistory(withRate(history, nowMs, perSecond));
  }
  return (
    <span className="log-rate">
      <Sparkline
        {...lineBox}
        label={texts.rateLine}
        points={history.map(({ second, perSecond }) => ({ at: second, value: perSecond }))}
      />
    </span>
  );
}

/** Exact counts, also of what was dropped. */
export function LogCountsLine({ log }: { readonly log: MessageLog }) {
  const counts = useStore(log.store, (view) => view.counts);
  const shown = useStore(log.store, (view) => view.shown);
  const rowKind = useStore(log.store, (view) => view.rowKind);
  if (counts.received + counts.sent + counts.kept === 0) return null;
  return (
    <p className="log-counts" role="group" aria-label={texts.counts}>
      <span>{texts.countReceived(counts.received)}</span>
      <span>{texts.countSent(counts.sent)}</span>
      <span>{rowKind === 'exchange' ? texts.countRows(shown) : texts.countShown(shown)}</span>
      {counts.leftOut > 0 && <span>{texts.leftOut(counts.leftOut)}</span>}
      {counts.dropped > 0 && <strong>{texts.dropped(counts.dropped)}</strong>}
    </p>
  );
}
