import { Users } from 'lucide-react';
import { memo } from 'react';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { CountdownText } from './CountdownText.tsx';
import { FreshMark } from './FreshMark.tsx';
import { Moment } from './Moment.tsx';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';
import { shortName } from '../../protocol/text/visibleText.ts';
import { shortCount } from '../ui/format.ts';
import { titleOf } from './words.ts';

interface SessionRowProps {
  readonly inspector: Inspector;
  readonly session: SessionSummary;
  readonly index: number;
  readonly startPx: number;
  readonly freshMark: number | undefined;
  readonly isSelected: boolean;
  /** Whether the Tab key stops here; arrow keys move on from there. */
  readonly isTabStop: boolean;
  readonly onFocus: (id: string) => void;
}

/** One session in the table. The button in the name cell covers the whole row. */
export const SessionRow = memo(function SessionRow(props: SessionRowProps) {
  const { inspector, session, isSelected } = props;
  const title = titleOf(session);
  return (
    <div
      role="row"
      className={isSelected ? 'session-row session-cells is-selected' : 'session-row session-cells'}
      aria-label={shortName(title)}
      aria-rowindex={props.index + 2}
      data-id={session.id}
      style={{ transform: `translateY(${props.startPx}px)` }}
      translate="no"
    >
      <FreshMark mark={props.freshMark} />
      <span role="cell" className="session-name">
        <button
          type="button"
          className="session-open"
          title={title}
          aria-current={isSelected ? 'true' : undefined}
          tabIndex={props.isTabStop ? 0 : -1}
          onFocus={() => props.onFocus(session.id)}
          onClick={() => inspector.watch(session.id)}
        >
          {shortName(title)}
        </button>
        {session.shared && (
          <span className="session-shared" title={texts.isShared}>
            <Users size={12} role="img" aria-label={texts.isShared} aria-hidden={false} />
          </span>
        )}
      </span>
      <span role="cell" className="mono" title={session.maskedToken}>
        {session.maskedToken}
      </span>
      <span role="cell" className="session-number" title={texts.countOfKeys(session.keyCount)}>
        {shortCount(session.keyCount)}
      </span>
      <span role="cell" className="session-number">
        <Moment atMs={session.createdAtMs} />
      </span>
      <span role="cell" className="session-number">
        <CountdownText inspector={inspector} expiry={session.expiry} />
      </span>
    </div>
  );
});
