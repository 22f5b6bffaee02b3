import { useState } from 'react';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { formatBytes, formatMoment, number } from '../../ui/format.ts';
import { FigureTable } from '../FigureTable.tsx';
import { formatShare } from '../figureWords.ts';
import type { ViewProps } from '../viewProps.ts';
import { titleOf } from '../words.ts';
import type { OverviewFeed } from './overviewFeed.ts';
import { texts } from './texts.ts';

type Figures = Extract<InspectionEvent, { type: 'figures' }>;

interface SessionFiguresProps extends Pick<ViewProps, 'onOpenSession'> {
  readonly figures: Figures;
  readonly feed: OverviewFeed;
}

/** What takes the memory: sessions, keys, and names that begin alike. */
export function SessionFigures(props: SessionFiguresProps) {
  const { figures } = props;
  if (figures.sessions === 0) return <p className="overview-note">{texts.none}</p>;
  return (
    <>
      <div className="overview-pair">
        <BiggestSessions {...props} />
        <BiggestKeys {...props} />
      </div>
      <Groups {...props} />
    </>
  );
}

function BiggestSessions({ figures, onOpenSession }: SessionFiguresProps) {
  return (
    <section aria-label={texts.biggestSessions}>
      <h3>{texts.biggestSessions}</h3>
      <FigureTable
        label={texts.biggestSessions}
        heads={[texts.session, texts.keys, texts.size, texts.share]}
        rows={figures.biggestSessions.map((session) => ({
          id: session.id,
          cells: [
            <SessionName key="name" {...{ session, onOpenSession }} />,
            number(session.keyCount),
            formatBytes(session.bytes ?? 0),
            formatShare(session.bytes ?? 0, figures.bytes),
          ],
        }))}
      />
    </section>
  );
}

function BiggestKeys({ figures, onOpenSession }: SessionFiguresProps) {
  return (
    <section aria-label={texts.biggestKeys}>
      <h3>{texts.biggestKeys}</h3>
      {figures.keysOf && (
        <p className="overview-note">
          {texts.keysOf(figures.keysOf.sessions, formatMoment(figures.keysOf.atMs))}
        </p>
      )}
      <FigureTable
        label={texts.biggestKeys}
        heads={[texts.key, texts.session, texts.size]}
        nameCount={2}
        rows={figures.biggestKeys.map(({ session, key, bytes }) => ({
          id: `${session.id} ${key}`,
          cells: [
            <span key="key" className="mono" title={visibleName(key)} translate="no">
              {shortName(visibleName(key))}
            </span>,
            <SessionName key="name" {...{ session, onOpenSession }} />,
            formatBytes(bytes),
          ],
        }))}
      />
    </section>
  );
}

interface SessionNameProps extends Pick<ViewProps, 'onOpenSession'> {
  readonly session: SessionSummary;
}

function SessionName({ session, onOpenSession }: SessionNameProps) {
  const title = titleOf(session);
  return (
    <button
      type="button"
      className="figure-link"
      title={title}
      translate="no"
      onClick={() => onOpenSession(session.id)}
    >
      {shortName(title)}
    </button>
  );
}

/** Names that are the same up to a separator, by what they take. */
function Groups({ figures, feed }: SessionFiguresProps) {
  const { groups, groupCount, ungrouped } = figures;
  const [separator, setSeparator] = useState(feed.store.getState().separator);
  const rows = [
    ...groups.map((group) => ({
      ...group,
      id: `group ${group.name}`,
      title: visibleName(group.name),
    })),
    ...(ungrouped.sessions > 0 ? [{ ...ungrouped, id: 'rest', title: texts.ungrouped }] : []),
  ];
  return (
    <section aria-label={texts.groups}>
      <div className="overview-head">
        <h3>{texts.groups}</h3>
        <label>
          {texts.separator}{' '}
          <input
            className="field"
            spellCheck={false}
            autoComplete="off"
            maxLength={20}
            value={separator}
            onChange={(event) => {
              setSeparator(event.target.value);
              feed.groupBy(event.target.value);
            }}
          />
        </label>
      </div>
      <FigureTable
        label={texts.groups}
        heads={[texts.group, texts.sessions, texts.keys, texts.size, texts.share]}
        rows={rows.map(({ id, title, ...group }) => ({
          id,
          cells: [
            <span key="name" title={title} translate="no">
              {shortName(title)}
            </span>,
            number(group.sessions),
            number(group.keys),
            formatBytes(group.bytes),
            <Share key="share" part={group.bytes} whole={figures.bytes} />,
          ],
        }))}
      />
      <p className="overview-note">{texts.groupCount(groups.length, groupCount)}</p>
    </section>
  );
}

function Share({ part, whole }: { readonly part: number; readonly whole: number }) {
  return (
    <span className="figure-share">
      <span className="figure-bar" aria-hidden>
        <span style={{ width: `${whole > 0 ? Math.round((100 * part) / whole) : 0}%` }} />
      </span>
      {formatShare(part, whole)}
    </span>
  );
}
