import { formatBytes, formatMoment, formatSeconds, number, shortCount } from '../../ui/format.ts';
import type { Column } from '../LiveTable.tsx';
import type { ClientRow } from './clientList.ts';
import type { ClientColumn } from './sortClients.ts';
import { texts } from './texts.ts';

interface ClientTableColumn extends Column<ClientRow> {
  readonly id: ClientColumn;
}

const columns: readonly ClientTableColumn[] = [
  {
    id: 'connection',
    name: texts.connection,
    width: '40px',
    canSort: true,
    cell: ({ connection }) => connection,
  },
  {
    id: 'server',
    name: texts.server,
    width: 'minmax(56px, 1fr)',
    canSort: true,
    cell: ({ server = '' }) => (
      <span title={server} translate="no">
        {server}
      </span>
    ),
  },
  {
    id: 'address',
    name: texts.address,
    width: 'minmax(64px, 1fr)',
    canSort: true,
    cell: ({ address = texts.hasGone }) => (
      <span className="mono" title={address} translate="no">
        {address}
      </span>
    ),
  },
  {
    id: 'since',
    name: texts.since,
    width: '88px',
    isNumber: true,
    isWide: true,
    canSort: true,
    cell: ({ openedAtMs, openSec }) => (
      <span title={formatMoment(openedAtMs)}>{formatSeconds(openSec)}</span>
    ),
  },
  {
    id: 'inFlight',
    name: texts.inFlight,
    width: '56px',
    isNumber: true,
    isWide: true,
    canSort: true,
    cell: ({ inFlight, waiting }) => (
      <span title={texts.requestsIn(inFlight, waiting)}>{shortCount(inFlight + waiting)}</span>
    ),
  },
  {
    id: 'queued',
    name: texts.queued,
    width: '64px',
    isNumber: true,
    isWide: true,
    canSort: true,
    cell: ({ queuedBytes }) => formatBytes(queuedBytes),
  },
  {
    id: 'command',
    name: texts.command,
    width: 'minmax(72px, 132px)',
    canSort: true,
    cell: ({ command, commands }) => (
      <span translate="no">{command ?? (commands === 0 ? texts.noCommand : texts.unnamed)}</span>
    ),
  },
  {
    id: 'rate',
    name: texts.rate,
    width: '52px',
    isNumber: true,
    canSort: true,
    cell: ({ operationsPerSecond }) => number(Math.round(operationsPerSecond)),
  },
];

const columnsOfOne = columns.filter(({ id }) => id !== 'server');

/** @param areOfSeveral Whether rows are of several servers. */
export function clientColumns(areOfSeveral: boolean): readonly ClientTableColumn[] {
  return areOfSeveral ? columns : columnsOfOne;
}
