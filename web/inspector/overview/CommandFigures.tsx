import { isSuccessCode } from '../../../protocol/status.ts';
import { number } from '../../ui/format.ts';
import { FigureTable } from '../FigureTable.tsx';
import { formatUs, statusWords } from '../figureWords.ts';
import type { ServerNow } from './overviewFeed.ts';
import { commandRows, statusRows } from './series.ts';
import { texts } from './texts.ts';

const isFailure = (status: number) => !isSuccessCode(status);

/** Which commands are carried out, and which statuses are answered. */
export function CommandFigures({ now: { frame, since } }: { readonly now: ServerNow }) {
  const commands = commandRows(frame.commands, since, isFailure);
  const statuses = statusRows(frame.commands, since, isFailure);
  return (
    <div className="overview-pair">
      <section aria-label={texts.byCommand}>
        <h3>{texts.byCommand}</h3>
        {commands.length === 0 ? (
          <p className="overview-note">{texts.noCommands}</p>
        ) : (
          <FigureTable
            label={texts.byCommand}
            heads={[texts.command, texts.perSecond, texts.count, texts.mean, texts.failed]}
            rows={commands.map(({ command = texts.unnamed, ...row }) => ({
              id: command,
              cells: [
                <span key="name" translate="no">
                  {command}
                </span>,
                number(Math.round(row.perSecond)),
                number(row.count),
                formatUs(row.meanUs),
                <span key="failed" className={row.failed > 0 ? 'figure-bad' : undefined}>
                  {number(row.failed)}
                </span>,
              ],
            }))}
          />
        )}
      </section>
      <section aria-label={texts.byStatus}>
        <h3>{texts.byStatus}</h3>
        {statuses.length === 0 ? (
          <p className="overview-note">{texts.noFailures}</p>
        ) : (
          <FigureTable
            label={texts.byStatus}
            heads={[texts.status, texts.perSecond, texts.count]}
            rows={statuses.map(({ status, perSecond, count }) => ({
              id: String(status),
              cells: [
                <span key="name" translate="no">
                  {statusWords(status)}
                </span>,
                number(Math.round(perSecond)),
                number(count),
              ],
            }))}
          />
        )}
      </section>
    </div>
  );
}
