import { useStore } from 'zustand';
import type { StoreFacts } from '../../../protocol/inspection/storeFacts.ts';
import { formatBytes, formatMoment, number, shortCount } from '../../ui/format.ts';
import type { LinePoint } from '../../ui/linePoints.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { formatUs } from '../figureWords.ts';
import type { Inspector } from '../inspector.ts';
import type { ServerNow } from './overviewFeed.ts';
import { ratesOf, valuesOf } from './series.ts';
import { texts } from './texts.ts';

interface ServerFiguresProps {
  readonly inspector: Inspector;
  readonly now: ServerNow;
}

/** The figures of `/metrics` that tell how a server is doing, each with its last minutes. */
export function ServerFigures({ inspector, now: { frame, samples } }: ServerFiguresProps) {
  const store = useStore(inspector.store, (view) => view.store);
  const { now } = frame;
  const upSec = Math.max(0, Math.floor((now.atMs - frame.startedAtMs) / 1000));
  const refused = frame.refused.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label={texts.server}>
      <h3>{texts.server}</h3>
      <p className="overview-note">
        {texts.upFor(upSec)} · {texts.faults(frame.faults)} · {texts.refusedConnections(refused)}
      </p>
      <ul className="figures">
        <Figure
          name={texts.operations}
          points={ratesOf(samples, ({ answered }) => answered)}
          write={rateText}
          note={texts.answered(now.answered)}
        />
        <Figure
          name={texts.failures}
          points={ratesOf(samples, ({ failed }) => failed)}
          write={rateText}
          note={texts.answered(now.failed)}
        />
        <Figure
          name={texts.sessions}
          points={valuesOf(samples, ({ sessions }) => sessions)}
          write={number}
          note={now.asOfMs === undefined ? undefined : texts.asOf(formatMoment(now.asOfMs))}
        />
        <Figure
          name={texts.keys}
          points={valuesOf(samples, ({ keys }) => keys)}
          write={shortCount}
          exact={now.keys}
        />
        <Figure
          name={texts.bytes}
          points={valuesOf(samples, ({ bytes }) => bytes)}
          write={formatBytes}
          note={texts.bytesNote}
          exact={now.bytes}
        />
        <Figure
          name={texts.clients}
          points={valuesOf(samples, ({ clients }) => clients)}
          write={number}
          note={texts.inspectors(frame.inspectors)}
        />
        <Figure
          name={texts.memory}
          points={valuesOf(samples, ({ residentBytes, heapBytes }) => residentBytes ?? heapBytes)}
          write={formatBytes}
          note={texts.heap(formatBytes(now.heapBytes), formatBytes(frame.heapLimitBytes))}
        />
        <Figure
          name={texts.delay}
          points={valuesOf(samples, ({ delayUs }) => delayUs)}
          write={formatUs}
          note={texts.delayNote}
        />
        <Figure
          name={texts.processor}
          points={ratesOf(samples, ({ cpuMs }) => cpuMs)}
          write={(msPerSecond) => `${(msPerSecond / 10).toFixed(0)} %`}
          note={texts.processorNote}
        />
      </ul>
      {store && <Durability store={store} syncs={frame.syncs} />}
    </section>
  );
}

function rateText(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : number(Math.round(perSecond));
}

interface FigureProps {
  readonly name: string;
  /** The last one is of now. */
  readonly points: readonly LinePoint[];
  readonly write: (value: number) => string;
  readonly note?: string | undefined;
  /** Shown whole when pointed at. */
  readonly exact?: number | undefined;
}

const chart = { width: 120, height: 24 };

/** A line of a few seconds says nothing: so many have the whole width, until there are more. */
const leastSec = 60;

function Figure({ name, points, write, note, exact }: FigureProps) {
  const values = points.map(({ value }) => value);
  const last = values.at(-1);
  const now = last === undefined ? texts.unknown : write(last);
  const sec = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const label = texts.chart(name, {
    now,
    lowest: write(Math.min(...values)),
    highest: write(Math.max(...values)),
    sec: Math.round(sec),
  });
  return (
    <li className="figure">
      <span className="figure-name">{name}</span>
      <span className="figure-value" title={exact === undefined ? undefined : number(exact)}>
        {now}
      </span>
      {points.length > 0 && (
        <Sparkline label={label} points={points} span={Math.max(leastSec, sec)} {...chart} />
      )}
      <span className="figure-note">{note}</span>
    </li>
  );
}

interface DurabilityProps {
  readonly store: StoreFacts;
  readonly syncs: ServerNow['frame']['syncs'];
}

const durabilityTexts: Readonly<Record<StoreFacts['durability'], string>> = {
  memory: texts.memoryOnly,
  relaxed: texts.relaxed,
  commit: texts.commit,
  master: texts.master,
  replica: texts.replica,
};

/** What a confirmed change survives, and what is not on disk yet. */
function Durability({ store, syncs }: DurabilityProps) {
  const { durability, state, reason = '', readOnly, journal } = store;
  return (
    <p className="overview-durability">
      <b>{texts.durability}</b> {durabilityTexts[durability]}
      {state === 'refusing' && <strong role="alert"> {texts.refusing(reason)}</strong>}
      {readOnly === true && ` · ${texts.readOnly}`}
      {journal &&
        ` · ${texts.unsynced(formatBytes(journal.unsyncedBytes))} · ${texts.journal(formatBytes(journal.journalBytes))}`}
      {syncs &&
        syncs.count > 0 &&
        ` · ${texts.syncs(syncs.count, formatUs(syncs.totalUs / syncs.count))}`}
    </p>
  );
}
