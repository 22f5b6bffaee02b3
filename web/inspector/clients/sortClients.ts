import type { TableSorting } from '../LiveTable.tsx';
import type { ClientRow } from './clientList.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** What each column is sorted by. */
const keys = {
  connection: (row: ClientRow) => row.connection,
  server: (row: ClientRow) => row.server ?? '',
  address: (row: ClientRow) => row.address ?? '',
  since: (row: ClientRow) => row.openSec,
  inFlight: (row: ClientRow) => row.inFlight + row.waiting,
  queued: (row: ClientRow) => row.queuedBytes,
  command: (row: ClientRow) => row.command ?? '',
  rate: (row: ClientRow) => row.operationsPerSecond,
} as const;

export type ClientColumn = keyof typeof keys;

/** @returns The same rows in another order; what is equal in the order of the connections. */
export function sortClients(
  rows: readonly ClientRow[],
  { columnId, isDescending }: TableSorting,
): ClientRow[] {
  const keyOf = keys[columnId as ClientColumn]; // Columns have these names.
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const difference = compare(keyOf(one), keyOf(other));
    return sign * difference || one.connection - other.connection || one.id - other.id;
  });
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return byName.compare(String(one), String(other));
}
