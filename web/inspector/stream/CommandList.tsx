import { useStore } from 'zustand';
import { isSuccessCode } from '../../../protocol/status.ts';
import { formatBytes, formatTime } from '../../ui/format.ts';
import { visibleJson } from '../../../protocol/text/visibleText.ts';
import { LiveTable, type Column } from '../LiveTable.tsx';
import type { CommandsProps, OpenCommand } from './commandsProps.ts';
import type { ShownCommand } from './shownCommand.ts';
import { noFilter } from './streamFilter.ts';
import { texts } from './texts.ts';
import { formatUs, statusWords } from '../figureWords.ts';

export interface CommandListProps extends CommandsProps {
  readonly openId: number | undefined;
  readonly onOpen: (open: OpenCommand | undefined) => void;
}

/** The commands, the newest at the end, which it follows. */
export function CommandList(props: CommandListProps) {
  const { feed, openId, onOpen } = props;
  useStore(feed.store, (view) => view.version);
  const areOfSeveral = useStore(feed.store, (view) => view.servers.length > 1);
  const rows = feed.rows();
  if (rows.count === 0) return <NoCommands feed={feed} />;
  const open = (id: number) => {
    const command = feed.find(id);
    onOpen(id === openId || !command ? undefined : { command, id });
  };
  return (
    <LiveTable
      label={texts.commandsOfClients}
      columns={columnsOf(props).filter(({ id }) => id !== 'server' || areOfSeveral)}
      rows={rows}
      itemAt={(index) => feed.find(rows.idAt(index))}
      nameOf={rowName}
      openId={openId}
      onOpen={open}
      end="bottom"
    />
  );
}

/** Name of a command's row. */
export function rowName({ command = texts.unnamed, status, durationUs }: ShownCommand): string {
  return texts.rowName(command, statusWords(status), formatUs(durationUs));
}

function NoCommands({ feed }: Pick<CommandsProps, 'feed'>) {
  const view = useStore(feed.store);
  if (view.status.state === 'off' && view.counted === 0) {
    return (
      <div className="empty">
        <p>
          <strong>{texts.whatItIs}</strong> {texts.whatItCosts}
        </p>
      </div>
    );
  }
  const isFiltered = Object.values(view.filter).some((each) => each !== '');
  const why = isFiltered ? texts.nothingMatches : texts.nothingYet;
  return (
    <div className="empty">
      <p>
        <strong>{view.counted > 0 ? texts.cleared : why}</strong> {texts.nothingYetHint}
      </p>
    </div>
  );
}

/** As a badge: good or not. */
export function Status({ code }: { readonly code: number }) {
  return (
    <span
      className={isSuccessCode(code) ? 'command-status' : 'command-status is-bad'}
      title={statusWords(code)}
      translate="no"
    >
      {statusWords(code)}
    </span>
  );
}

/** The connection that a command came on: shows only its commands. */
function ConnectionLink({ command, feed }: Pick<CommandsProps, 'feed'> & Of) {
  const { connection, server, isConsole } = command;
  if (isConsole === true) return <span title={texts.ofConsoleHint}>{texts.ofConsole}</span>;
  return (
    <button
      type="button"
      className="live-link"
      title={texts.onlyConnection(connection, server)}
      aria-label={texts.onlyConnection(connection, server)}
      tabIndex={-1}
      onClick={() =>
        feed.start({ ...noFilter, connection: String(connection), server: server ?? '' })
      }
    >
      {connection}
    </button>
  );
}

interface Of {
  readonly command: ShownCommand;
}

function SessionLink({
  command: { session },
  onOpenSession,
}: Pick<CommandsProps, 'onOpenSession'> & Of) {
  if (session === undefined) return null;
  return (
    <button
      type="button"
      className="live-link mono"
      title={texts.openSession(session)}
      aria-label={texts.openSession(session)}
      tabIndex={-1}
      onClick={() => onOpenSession(session)}
    >
      {session}
    </button>
  );
}

/** More of a request has no room in a row. */
const maxShownLength = 200;

function columnsOf({ feed, onOpenSession }: CommandsProps): Column<ShownCommand>[] {
  return [
    {
      id: 'command',
      name: texts.command,
      width: 'minmax(72px, 1.4fr)',
      cell: ({ command = texts.unnamed }) => <span translate="no">{command}</span>,
    },
    {
      id: 'status',
      name: texts.status,
      width: 'minmax(48px, 1fr)',
      cell: ({ status }) => <Status code={status} />,
    },
    {
      id: 'connection',
      name: texts.connection,
      width: 'minmax(56px, 96px)',
      isWide: true,
      isNumber: true,
      cell: (command) => <ConnectionLink {...{ command, feed }} />,
    },
    {
      id: 'server',
      name: texts.server,
      width: 'minmax(56px, 1fr)',
      isWide: true,
      cell: ({ server = '' }) => (
        <span title={server} translate="no">
          {server}
        </span>
      ),
    },
    {
      id: 'session',
      name: texts.session,
      width: 'minmax(72px, 96px)',
      isWide: true,
      cell: (command) => <SessionLink {...{ command, onOpenSession }} />,
    },
    {
      id: 'request',
      name: texts.request,
      width: 'minmax(0, 3fr)',
      isWide: true,
      cell: ({ request = '' }) => (
        <span className="command-request mono" translate="no">
          {visibleJson(request.slice(0, maxShownLength))}
        </span>
      ),
    },
    {
      id: 'size',
      name: texts.size,
      width: '68px',
      isWide: true,
      isNumber: true,
      cell: ({ requestLength, replyLength }) => formatBytes(requestLength + replyLength),
    },
    {
      id: 'took',
      name: texts.took,
      width: '64px',
      isNumber: true,
      cell: ({ durationUs }) => formatUs(durationUs),
    },
    {
      id: 'time',
      name: texts.time,
      width: '88px',
      isNumber: true,
      cell: ({ atMs }) => <span translate="no">{formatTime(atMs)}</span>,
    },
  ];
}
