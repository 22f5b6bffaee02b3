import { useStore } from 'zustand';
import { number } from '../../ui/format.ts';
import { rowName, Status, type CommandListProps } from './CommandList.tsx';
import { texts } from './texts.ts';
import { formatUs } from './words.ts';

/** How long commands took, and those that took longest: of all that were counted. */
export function CommandTimes({ feed, onOpen }: CommandListProps) {
  const figures = useStore(feed.store, (view) => view.figures);
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
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <div className="command-scroll" role="group" aria-label={texts.percentiles} tabIndex={0}>
        <table className="figure-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {commands.map(({ command = texts.unnamed, ...times }) => (
              <tr key={command}>
                <th scope="row" translate="no">
                  {command}
                </th>
                <td>{number(times.count)}</td>
                <td className={times.failed > 0 ? 'is-bad' : undefined}>{number(times.failed)}</td>
                <td>{formatUs(times.p50Us)}</td>
                <td>{formatUs(times.p95Us)}</td>
                <td>{formatUs(times.p99Us)}</td>
                <td>{formatUs(times.maxUs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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

const heads = [
  texts.command,
  texts.count,
  texts.failed,
  texts.half,
  texts.most,
  texts.nearlyAll,
  texts.longest,
];
