import { useStore } from 'zustand';
import { number } from '../../ui/format.ts';
import { FigureTable } from '../FigureTable.tsx';
import { rowName, Status, type CommandListProps } from './CommandList.tsx';
import { texts } from './texts.ts';
import { formatUs } from '../figureWords.ts';

/** How long commands took, and those that took longest: of all that were counted. */
export function CommandTimes({ feed, onOpen }: CommandListProps) {
  const figures = useStore(feed.store, (view) => view.figures);
  const areOfSeveral = useStore(feed.store, (view) => view.servers.length > 1);
  if (!figures) {
    return (
      <div className="empty">
        <p>{texts.noTimes}</p>
      </div>
    );
  }
  const { commands, slowest } = figures;
  const total = commands.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="command-times">
      <h3>{texts.percentiles}</h3>
      <p className="command-note">{texts.ofAllCounted(total)}</p>
      <FigureTable
        label={texts.percentiles}
        heads={areOfSeveral ? [texts.command, texts.server, ...figureHeads] : heads}
        rows={commands.map(({ command = texts.unnamed, server = '', ...times }) => ({
          id: `${command} ${server}`,
          cells: [
            <span key="name" translate="no">
              {command}
            </span>,
            ...(areOfSeveral
              ? [
                  <span key="server" translate="no">
                    {server}
                  </span>,
                ]
              : []),
            number(times.count),
            <span key="failed" className={times.failed > 0 ? 'figure-bad' : undefined}>
              {number(times.failed)}
            </span>,
            formatUs(times.p50Us),
            formatUs(times.p95Us),
            formatUs(times.p99Us),
            formatUs(times.maxUs),
          ],
        }))}
      />
      <h3>{texts.slowest}</h3>
      <ol className="command-slowest">
        {slowest.map((command, index) => (
          <li key={`${command.atMs} ${command.connection} ${index}`}>
            <button
              type="button"
              aria-label={rowName(command)}
              onClick={() => onOpen({ command, id: undefined })}
            >
              <span translate="no">{command.command ?? texts.unnamed}</span>
              <Status code={command.status} />
              <span className="spring" />
              {formatUs(command.durationUs)}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

const figureHeads = [
  texts.count,
  texts.failed,
  texts.half,
  texts.most,
  texts.nearlyAll,
  texts.longest,
];

const heads = [texts.command, ...figureHeads];
