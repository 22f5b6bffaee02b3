import { getHeapStatistics } from 'node:v8';
import type { JournalFigures, StoreStatus } from '../store/storeStatus.ts';
import type { DatedTotals } from '../store/otherServers.ts';
import type { Totals } from '../store/sessionStore.ts';
import type { CommandCounts } from './commandCounts.ts';
import type { LoopDelay } from './loopDelay.ts';
import { prometheusText, type MetricFamily, type Sample } from './prometheusText.ts';

/** What only the process can say. */
export interface ProcessFigures {
  readonly nodeVersion: string;
  readonly residentBytes: () => number;
  /** Processor time of all threads since the start. */
  readonly cpuSec: () => number;
}

/** The state of a server at the moment of a scrape. */
export interface ServerFigures {
  readonly version: string;
  readonly nowMs: number;
  readonly isReady: boolean;
  /** Faults that were caught nowhere else. */
  readonly faults: number;
  /** Open WebSockets. */
  readonly connections: { readonly data: number; readonly inspection: number };
  /** Connections that were refused or cut off, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  readonly store: StoreStatus;
  /** Undefined: the store cannot say now. */
  readonly totals: (Totals & Partial<DatedTotals>) | undefined;
  /** Absent in tests. */
  readonly process: ProcessFigures | undefined;
}

/** What counts as it happens. */
export interface Counted {
  readonly commands: CommandCounts;
  readonly loopDelay: LoopDelay;
  /** Absent: garbage is not collected when the server is idle. */
  readonly idle: { families(): MetricFamily[] } | undefined;
}

/** @returns The text for `/metrics`. */
export function metricsText(
  { commands, loopDelay, idle }: Counted,
  figures: ServerFigures,
): string {
  return prometheusText([
    ...commands.families(),
    ...connectionFamilies(figures),
    ...storeFamilies(figures),
    ...historyFamilies(figures.store),
    ...(figures.store.journal ? journalFamilies(figures.store.journal, figures.nowMs) : []),
    ...loopDelay.families(),
    ...(idle?.families() ?? []),
    ...serverFamilies(figures),
    ...processFamilies(figures),
  ]);
}

function connectionFamilies({ connections, refused }: ServerFigures): MetricFamily[] {
  const samples = [...refused].map(([reason, value]) => ({ labels: { reason }, value }));
  return [
    {
      name: 'seshdeck_connections',
      help: 'Open WebSockets.',
      type: 'gauge',
      samples: [
        { labels: { kind: 'data' }, value: connections.data },
        { labels: { kind: 'inspection' }, value: connections.inspection },
      ],
    },
    {
      name: 'seshdeck_refused_total',
      help: 'Connections refused before they opened, or cut off later, by reason.',
      type: 'counter',
      samples,
    },
  ];
}

function storeFamilies({ totals }: ServerFigures): MetricFamily[] {
  if (!totals) return [];
  return [
    gauge('seshdeck_sessions', 'Living sessions.', totals.sessions),
    gauge('seshdeck_keys', 'Keys of all living sessions.', totals.keys),
    gauge(
      'seshdeck_bytes',
      'Memory that sessions and keys take, as --max-memory counts it.',
      totals.bytes,
    ),
  ];
}

function historyFamilies({ historyBytes }: StoreStatus): MetricFamily[] {
  if (historyBytes === undefined) return [];
  const help = 'Memory of past changes, up to --history; --max-memory does not count it.';
  return [gauge('seshdeck_history_bytes', help, historyBytes)];
}

function journalFamilies(journal: JournalFigures, nowMs: number): MetricFamily[] {
  const { unsyncedBytes, journalBytes, lastSyncAtMs, lastSnapshotAtMs, syncs, syncMs } = journal;
  const ageSec = (atMs: number | undefined) =>
    atMs === undefined ? [] : [{ value: Math.max(nowMs - atMs, 0) / 1000 }];
  return [
    {
      name: 'seshdeck_journal_sync_seconds',
      help: 'Syncs of the journal, and the time that they took together.',
      type: 'summary',
      samples: [
        { suffix: '_sum', value: syncMs / 1000 },
        { suffix: '_count', value: syncs },
      ],
    },
    gauge(
      'seshdeck_journal_unsynced_bytes',
      'Bytes of changes that are not known to be on disk.',
      unsyncedBytes,
    ),
    gauge('seshdeck_journal_bytes', 'Bytes of the journal since the last snapshot.', journalBytes),
    {
      name: 'seshdeck_journal_last_sync_age_seconds',
      help: 'Time since the last sync of the journal that succeeded.',
      type: 'gauge',
      samples: ageSec(lastSyncAtMs),
    },
    {
      name: 'seshdeck_snapshot_age_seconds',
      help: 'Time since the last snapshot.',
      type: 'gauge',
      samples: ageSec(lastSnapshotAtMs),
    },
  ];
}

function serverFamilies({
  version,
  isReady,
  faults,
  store,
  process,
}: ServerFigures): MetricFamily[] {
  const { durability } = store;
  const labels = { version, node: process?.nodeVersion ?? 'unknown', durability };
  return [
    gauge('seshdeck_ready', 'Whether /readyz answers 200.', isReady ? 1 : 0),
    {
      name: 'seshdeck_faults_total',
      help: 'Faults that were caught nowhere else.',
      type: 'counter',
      samples: [{ value: faults }],
    },
    {
      name: 'seshdeck_build_info',
      help: 'Always 1; its labels say what is running.',
      type: 'gauge',
      samples: [{ labels, value: 1 }],
    },
  ];
}

function processFamilies({ process }: ServerFigures): MetricFamily[] {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return [
    gauge('seshdeck_heap_bytes', 'JavaScript heap in use.', used_heap_size),
    gauge('seshdeck_heap_limit_bytes', 'Largest JavaScript heap.', heap_size_limit),
    gauge(
      'process_start_time_seconds',
      'Start of the process, Unix time.',
      performance.timeOrigin / 1000,
    ),
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory.',
      type: 'gauge',
      samples: sampleOf(process?.residentBytes()),
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'Processor time.',
      type: 'counter',
      samples: sampleOf(process?.cpuSec()),
    },
  ];
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: 'gauge', samples: [{ value }] };
}

function sampleOf(value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ value }];
}
