import { useState } from 'react';
import { useStore } from 'zustand';
import { maxTimelineRows } from '../../../protocol/inspection/timeline.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyChanges } from './CopyChanges.tsx';
import { KeysCompared } from './KeysCompared.tsx';
import { texts } from './texts.ts';
import type { Against, MomentKeys, TimelineFeed, TimelineView } from './timelineFeed.ts';

/** The keys at the chosen moment, beside those of another one if a person wants that. */
export function MomentPane({ feed }: { readonly feed: TimelineFeed }) {
  const view = useStore(feed.store);
  const { shown, against } = view;
  const isUnknown = against === 'before' && feed.isBeforeUnknown();
  return (
    <section className="timeline-moment" aria-label={texts.keysAt}>
      <div className="timeline-moment-head">
        <h4>{isUnknown ? texts.notKnown : shown ? countOf(shown) : texts.reading}</h4>
        <span className="spring" />
        <label className="timeline-against">
          {texts.compareWith}
          <select
            className="field"
            value={against}
            onChange={(event) => feed.compareWith(event.target.value as Against)}
          >
            {choicesOf(view).map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <CopyChanges feed={feed} />
      </div>
      {isUnknown && (
        <p className="notice is-warn timeline-unknown" role="status">
          {texts.beforeUnknown}{' '}
          <Button onClick={() => feed.compareWith('nothing')}>{texts.showAfter}</Button>
        </p>
      )}
      {shown && <MomentTable feed={feed} shown={shown} against={against} />}
    </section>
  );
}

function countOf({ total, against }: MomentKeys): string {
  if (total === undefined) return texts.momentDropped;
  return against === undefined ? texts.countOfKeys(total) : texts.differing(total);
}

function choicesOf({ mark }: TimelineView): [Against, string][] {
  return [
    ['nothing', texts.nothing],
    ['before', texts.momentBefore],
    ['now', texts.now],
    ...(mark === undefined ? [] : [['mark', texts.marked(mark)] as [Against, string]]),
  ];
}

function otherHead(against: Against): string {
  switch (against) {
    case 'before':
      return texts.momentBefore;
    case 'now':
      return texts.now;
    case 'mark':
      return texts.mark;
    case 'nothing':
      return '';
  }
}

interface MomentTableProps {
  readonly feed: TimelineFeed;
  readonly shown: MomentKeys;
  readonly against: Against;
}

function MomentTable({ feed, shown, against }: MomentTableProps) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const { total = 0, keys } = shown;
  if (total === 0) {
    if (against === 'before' && feed.isBeforeUnknown()) return null;
    const isCompared = shown.against !== undefined;
    return <p className="empty">{isCompared ? texts.noDifference : texts.noKeys}</p>;
  }
  const toggle = (key: string) => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setUnfolded(next);
  };
  const heads =
    shown.against === undefined
      ? { one: texts.value }
      : { one: texts.thisMoment, other: otherHead(against) };
  const left = total - keys.length;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <div className="timeline-keys" role="group" aria-label={texts.keysAt} tabIndex={0}>
      <KeysCompared {...{ keys, heads, unfolded }} onToggle={toggle} />
      {left > 0 && (
        <Button onClick={() => feed.showMore()}>
          {texts.showMore(Math.min(left, maxTimelineRows))}
        </Button>
      )}
    </div>
  );
}
