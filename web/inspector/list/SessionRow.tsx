import { ChevronRight, Users } from 'lucide-react';
import type { CSSProperties, MouseEvent, ReactNode } from 'react';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { formatAgo, formatBytes, formatMoment, shortCount } from '../../ui/format.ts';
import { CountdownText } from '../CountdownText.tsx';
import { FreshMark } from '../FreshMark.tsx';
import type { Inspector } from '../inspector.ts';
import { titleOf } from '../words.ts';
import type { ListItem } from './listItems.ts';
import { MarkedName } from './MarkedName.tsx';
import { texts } from './texts.ts';

/** Of what is in a group. */
const indentPx = 16;

/** Where a row stands. */
export interface RowPlace {
  readonly id: string;
  /** Position in the list, counted from 0. */
  readonly index: number;
  readonly startPx: number;
  /** Whether the Tab key stops here; arrow keys move on from there. */
  readonly isTabStop: boolean;
  readonly onFocus: (id: string) => void;
}

interface SessionRowProps extends RowPlace {
  readonly inspector: Inspector;
  readonly item: Extract<ListItem, { kind: 'session' }>;
  /** What was searched for in names. */
  readonly find: string;
  readonly freshMark: number | undefined;
  readonly isSelected: boolean;
  /** Absent: rows have no box. */
  readonly isTicked: boolean | undefined;
  readonly onPress: (press: RowPress) => void;
}

/** How a row was pressed. */
export interface RowPress {
  readonly session: SessionSummary;
  readonly index: number;
  /** Select it, select all up to it, or open it. */
  readonly wants: 'tick' | 'range' | 'open';
}

/** One session in the table. The button in the name cell covers the whole row. */
export function SessionRow(props: SessionRowProps) {
  const { inspector, item, isSelected, find } = props;
  const { session } = item;
  const { maskedToken, keyCount, bytes, createdAtMs, lastChangedAtMs } = session;
  const title = titleOf(session);
  return (
    <div
      role="row"
      className={
        isSelected
          ? 'table-row table-cells session-cells is-open'
          : 'table-row table-cells session-cells'
      }
      aria-label={shortName(title)}
      aria-rowindex={props.index + 2}
      aria-level={levelOf(item)}
      data-id={session.id}
      style={{ transform: `translateY(${props.startPx}px)` }}
      translate="no"
    >
      <FreshMark mark={props.freshMark} />
      <NameCell {...props} title={title} />
      <Cell column="token" title={maskedToken}>
        <MarkedName text={maskedToken} find={find.trim() === maskedToken ? find : ''} />
      </Cell>
      <Cell column="keys" title={texts.countOfKeys(keyCount)} isNothing={keyCount === 0}>
        {shortCount(keyCount)}
      </Cell>
      <Cell column="size" title={bytes === undefined ? undefined : texts.countOfBytes(bytes)}>
        {bytes === undefined ? '' : formatBytes(bytes)}
      </Cell>
      <Cell column="created">
        <Ago atMs={createdAtMs} nowMs={inspector.serverNowMs} />
      </Cell>
      <Cell column="changed">
        {lastChangedAtMs !== undefined && (
          <Ago atMs={lastChangedAtMs} nowMs={inspector.serverNowMs} />
        )}
      </Cell>
      <Cell column="operations" isNothing={(session.operationsPerSecond ?? 0) === 0}>
        {shortCount(session.operationsPerSecond ?? 0)}
      </Cell>
      <Cell column="expires">
        <CountdownText inspector={inspector} expiry={session.expiry} />
      </Cell>
    </div>
  );
}

function NameCell(props: SessionRowProps & { readonly title: string }) {
  const { item, title } = props;
  const { session, depth, ownFrom } = item;
  // In a group, what all of it begins with is said by the group.
  const own = session.name.slice(ownFrom);
  const shown = ownFrom === 0 || own === '' ? title : visibleName(own);
  return (
    <span role="cell" className="session-name" style={indentOf(depth)}>
      {props.isTicked !== undefined && (
        <input
          type="checkbox"
          className="session-tick"
          aria-label={texts.selectOne(shortName(title))}
          checked={props.isTicked}
          tabIndex={props.isTabStop ? 0 : -1}
          onChange={() => {}}
          onClick={(event) => {
            const wants = event.shiftKey ? 'range' : 'tick';
            props.onPress({ session, index: props.index, wants });
          }}
        />
      )}
      <button
        type="button"
        className="table-open"
        title={title}
        aria-current={props.isSelected ? 'true' : undefined}
        tabIndex={props.isTabStop ? 0 : -1}
        onFocus={() => props.onFocus(session.id)}
        onClick={(event) => props.onPress({ session, index: props.index, wants: wantedBy(event) })}
      >
        <MarkedName text={shortName(shown)} find={props.find} />
      </button>
      {session.shared && (
        <span className="session-shared" title={texts.isShared}>
          <Users size={12} role="img" aria-label={texts.isShared} aria-hidden={false} />
        </span>
      )}
      {session.foundIn !== undefined && (
        <span className="session-found" title={visibleName(session.foundIn)}>
          {texts.foundIn(shortName(visibleName(session.foundIn)))}
        </span>
      )}
    </span>
  );
}

function wantedBy({ shiftKey, ctrlKey, metaKey }: MouseEvent): RowPress['wants'] {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'tick' : 'open';
}

interface GroupRowProps extends RowPlace {
  readonly item: Extract<ListItem, { kind: 'group' }>;
  readonly isOpen: boolean;
  readonly onToggle: (name: string) => void;
}

/** All sessions whose names begin alike: pressed, they come after it, or go. */
export function GroupRow({ id, item, isOpen, ...props }: GroupRowProps) {
  const { group, depth, ownFrom } = item;
  const name = visibleName(group.name);
  const label = isOpen ? texts.closeGroup : texts.openGroup;
  return (
    <div
      role="row"
      className="table-row table-cells session-cells is-group"
      aria-label={shortName(name)}
      aria-rowindex={props.index + 2}
      aria-level={levelOf(item)}
      aria-expanded={isOpen}
      data-id={id}
      style={{ transform: `translateY(${props.startPx}px)` }}
      translate="no"
    >
      <span role="cell" className="session-name" style={indentOf(depth)}>
        <button
          type="button"
          className="table-open"
          aria-label={label(shortName(name))}
          title={label(name)}
          tabIndex={props.isTabStop ? 0 : -1}
          onFocus={() => props.onFocus(id)}
          onClick={() => props.onToggle(group.name)}
        >
          <ChevronRight size={12} className={isOpen ? 'is-open' : undefined} aria-hidden />
          {shortName(visibleName(group.name.slice(ownFrom)))}
        </button>
        <span className="session-count" title={texts.countOfSessions(group.sessions)}>
          {shortCount(group.sessions)}
        </span>
      </span>
      <Cell column="token" />
      <Cell column="keys" title={texts.countOfKeys(group.keys)}>
        {shortCount(group.keys)}
      </Cell>
      <Cell column="size" title={texts.countOfBytes(group.bytes)}>
        {formatBytes(group.bytes)}
      </Cell>
      <Cell column="created" />
      <Cell column="changed" />
      <Cell column="operations" />
      <Cell column="expires" />
    </div>
  );
}

/** In a tree, counted from 1; undefined: rows are in no tree. */
function levelOf({ depth }: ListItem): number | undefined {
  return depth === undefined ? undefined : depth + 1;
}

function indentOf(depth = 0): CSSProperties | undefined {
  return depth === 0 ? undefined : { paddingLeft: depth * indentPx };
}

/** A row that is on its way. */
export function WaitingRow({ index, startPx, id, onFocus }: RowPlace) {
  return (
    <div
      role="row"
      className="table-row table-cells session-cells is-waiting"
      aria-rowindex={index + 2}
      aria-label={texts.loadingRow}
      data-id={id}
      tabIndex={-1}
      onFocus={() => onFocus(id)}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <span role="cell" className="session-name">
        <span className="session-blank" />
      </span>
    </div>
  );
}

interface CellProps {
  readonly column: string;
  readonly title?: string | undefined;
  /** A figure of nothing, which stands back. */
  readonly isNothing?: boolean;
  readonly children?: ReactNode;
}

function Cell({ column, title, isNothing = false, children }: CellProps) {
  const className = `session-cell is-${column}${isNothing ? ' is-nothing' : ''}`;
  return (
    <span role="cell" className={className} title={title}>
      {children}
    </span>
  );
}

/** How long ago something was; when, in the tooltip. */
function Ago({ atMs, nowMs }: { readonly atMs: number; readonly nowMs: () => number }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs)}>
      {formatAgo(atMs, nowMs())}
    </time>
  );
}
