import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { formatMoment } from '../../ui/format.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import type { Inspector } from '../inspector.ts';
import { ChangeList } from './ChangeList.tsx';
import { MomentPane } from './MomentPane.tsx';
import { Scrubber } from './Scrubber.tsx';
import { texts } from './texts.ts';
import { TimelineFeed } from './timelineFeed.ts';
import './TimelineTab.css';

interface TimelineTabProps {
  readonly inspector: Inspector;
  /** Of the session, which may have ended. */
  readonly id: string;
}

/** What changed in a session, and its keys at any moment. */
export function TimelineTab({ inspector, id }: TimelineTabProps) {
  const feed = useMemo(
    () => new TimelineFeed({ inspector, id }, (run) => requestAnimationFrame(run)),
    [inspector, id],
  );
  useEffect(() => feed.start(), [feed]);
  const facts = useStore(feed.store, (view) => view.facts);
  const refused = useStore(feed.store, (view) => view.refused);
  if (refused) return <RefusedNotice inspector={inspector} right={refused.right} />;
  if (!facts) return <p className="empty">{texts.reading}</p>;
  if (!facts.isKnown) return <Empty title={texts.unknown} hint={texts.unknownHint} />;
  if (facts.end === facts.dropped) {
    return <Empty title={texts.nothingYet} hint={texts.nothingYetHint} />;
  }
  return (
    <div className="timeline">
      {facts.sinceMs !== undefined && (
        <p className="timeline-note">
          {facts.dropped > 0 && (
            <strong title={texts.droppedHint}>{texts.droppedOlder(facts.dropped)}</strong>
          )}{' '}
          {texts.since(formatMoment(facts.sinceMs))}
        </p>
      )}
      <Scrubber feed={feed} />
      <div className="timeline-split">
        <ChangeList feed={feed} />
        <MomentPane feed={feed} />
      </div>
    </div>
  );
}

function Empty({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <div className="empty">
      <p>
        <strong>{title}</strong> {hint}
      </p>
    </div>
  );
}
