import { Users } from 'lucide-react';
import { memo, type KeyboardEvent } from 'react';
import { Countdown } from './Countdown.tsx';
import type { ServerClock } from './serverClock.ts';
import type { ListedSession } from './sessionList.ts';
import { visibleName } from './visibleText.ts';

interface SessionRowProps {
  readonly session: ListedSession;
  readonly clock: ServerClock;
  readonly index: number;
  readonly startPx: number;
  readonly isChosen: boolean;
  /** Whether Tab leads to this row; arrows lead to the others. */
  readonly isTabStop: boolean;
  /** Whether it has just changed. */
  readonly isFresh: boolean;
  readonly onChoose: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const maxNameLength = 120;
const maxTitleLength = 1000;

/** One session of the list. The whole row is the button in its first cell. */
export const SessionRow = memo(function SessionRow(props: SessionRowProps) {
  const { session, clock, index, startPx, isChosen, isTabStop, isFresh } = props;
  const { id, name, maskedToken, shared, keyCount, expiry, changedAtMs } = session;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isChosen ? 'true' : undefined}
      className="session-row"
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <td className="session-name">
        {isFresh && <span key={changedAtMs} className="fresh" />}
        <button
          type="button"
          className="session-open"
          tabIndex={isTabStop ? 0 : -1}
          title={visibleName(name, maxTitleLength)}
          onClick={() => props.onChoose(id)}
          onFocus={() => props.onFocus(id)}
          onKeyDown={props.onKeyDown}
        >
          <bdi>{visibleName(name, maxNameLength)}</bdi>
        </button>
        {shared && (
          <span className="session-shared" title="Shared: one session for all who use its name">
            <Users size={12} aria-hidden />
            <span className="visually-hidden">shared</span>
          </span>
        )}
      </td>
      <td className="session-token mono">{maskedToken}</td>
      <td className="session-figure">{keyCount.toLocaleString('en')}</td>
      <td className="session-figure">
        <Countdown clock={clock} expiry={expiry} />
      </td>
    </tr>
  );
});
