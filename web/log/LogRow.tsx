import { ArrowDownLeft, ArrowUpRight, ChevronRight, Pencil, Plug, RotateCw } from 'lucide-react';
import { memo } from 'react';
import type { Entry } from '../connection/exchange.ts';
import { IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { EntryDetail } from './EntryDetail.tsx';
import {
  describeEntry,
  formatBytes,
  formatLatency,
  formatTime,
  previewOf,
  verdictOf,
} from './formatEntry.ts';

interface LogRowProps {
  readonly entry: Entry;
  readonly index: number;
  readonly startPx: number;
  readonly measure: (element: Element | null) => void;
  readonly isUnfolded: boolean;
  readonly isTabStop: boolean;
  readonly onToggle: (id: number) => void;
  readonly onFocus: (id: number) => void;
  readonly onEdit: (text: string) => void;
  readonly onResend: (text: string) => void;
}

/** One entry: a line, and its payload when unfolded. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { entry, isUnfolded } = props;
  return (
    <li
      ref={props.measure}
      data-index={props.index}
      className={`log-row is-${entry.kind}`}
      style={{ transform: `translateY(${props.startPx}px)` }}
      aria-label={describeEntry(entry)}
      onFocus={() => props.onFocus(entry.id)}
    >
      {entry.kind === 'connection' ? (
        <div className={`log-line log-connection is-${entry.tone}`}>
          <time>{formatTime(entry.atMs)}</time>
          <Plug size={14} aria-hidden />
          <span className="log-connection-text">{entry.text}</span>
        </div>
      ) : (
        <>
          <MessageLine {...props} entry={entry} />
          {isUnfolded && <EntryDetail entry={entry} />}
        </>
      )}
    </li>
  );
});

interface MessageLineProps extends LogRowProps {
  readonly entry: Exclude<Entry, { kind: 'connection' }>;
}

function MessageLine({
  entry,
  isUnfolded,
  isTabStop,
  onToggle,
  onEdit,
  onResend,
}: MessageLineProps) {
  const verdict = verdictOf(entry);
  const tabIndex = isTabStop ? 0 : -1;
  const isSent = entry.kind === 'sent';
  const name = entry.name || 'text';
  const latencyMs = entry.kind === 'received' ? entry.latencyMs : undefined;
  return (
    <div className="log-line">
      <button
        type="button"
        className="log-row-toggle"
        tabIndex={tabIndex}
        aria-expanded={isUnfolded}
        aria-label={`${isSent ? 'Sent' : 'Received'} ${name}`}
        onClick={() => onToggle(entry.id)}
      >
        <ChevronRight size={14} className="log-chevron" aria-hidden />
        <time>{formatTime(entry.atMs)}</time>
        <DirectionArrow isSent={isSent} />
        <code className="log-name">{name}</code>
        {verdict && <span className={`chip is-${verdict.tone}`}>{verdict.word}</span>}
        <code className="log-preview">{isUnfolded ? '' : previewOf(entry.text)}</code>
        <span className="log-figure">
          {latencyMs === undefined ? '' : formatLatency(latencyMs)}
        </span>
        <span className="log-figure">{formatBytes(entry.bytes)}</span>
      </button>
      <span className="log-actions">
        <CopyButton label="Copy message" text={entry.text} tabIndex={tabIndex} />
        {isSent && (
          <>
            <IconButton
              label="Edit in composer"
              icon={<Pencil size={14} />}
              tabIndex={tabIndex}
              onClick={() => onEdit(entry.text)}
            />
            <IconButton
              label="Send again"
              icon={<RotateCw size={14} />}
              tabIndex={tabIndex}
              onClick={() => onResend(entry.text)}
            />
          </>
        )}
      </span>
    </div>
  );
}

function DirectionArrow({ isSent }: { readonly isSent: boolean }) {
  const Arrow = isSent ? ArrowUpRight : ArrowDownLeft;
  return <Arrow size={14} className={`log-arrow is-${isSent ? 'sent' : 'received'}`} aria-hidden />;
}
