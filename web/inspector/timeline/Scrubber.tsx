import { Bookmark } from 'lucide-react';
import { useStore } from 'zustand';
import { useActions } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { formatTime, number } from '../../ui/format.ts';
import { texts } from './texts.ts';
import type { TimelineFeed } from './timelineFeed.ts';

/** Goes to any moment: by dragging, or with the arrow keys change by change. */
export function Scrubber({ feed }: { readonly feed: TimelineFeed }) {
  const facts = useStore(feed.store, (view) => view.facts);
  const moment = useStore(feed.store, (view) => view.moment);
  useStore(feed.store, (view) => view.version);
  useActions(() => ({
    'timeline.now': { label: texts.goToNow, group: texts.group, run: () => feed.choose(undefined) },
    'timeline.mark': { label: texts.markMoment, group: texts.group, run: () => feed.setMark() },
  }));
  if (!facts) return null;
  const at = moment ?? facts.end;
  const change = at > 0 ? feed.changeAt(at - 1) : undefined;
  const place = at === facts.dropped ? texts.beforeAll : texts.afterChange(at, facts.end);
  const words = moment === undefined ? texts.now : place;
  return (
    <div className="timeline-scrub">
      <input
        type="range"
        aria-label={texts.moment}
        aria-valuetext={words}
        min={facts.firstMoment}
        max={facts.end}
        value={at}
        onChange={(event) => feed.choose(Number(event.target.value))}
      />
      <span className="timeline-place" translate="no">
        {moment === undefined ? texts.now : `${number(at)} / ${number(facts.end)}`}
        {change && ` · ${formatTime(change.author.atMs)}`}
      </span>
      <Button disabled={moment === undefined} onClick={() => feed.choose(undefined)}>
        {texts.goToNow}
      </Button>
      <Button title={texts.markHint} onClick={() => feed.setMark()}>
        <Bookmark size={14} aria-hidden />
        {texts.mark}
      </Button>
    </div>
  );
}
