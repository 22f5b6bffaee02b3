import { getHeapStatistics } from 'node:v8';
import type { FiguresSample, ServerOverview } from '../../protocol/inspection/serverFigures.ts';
import type { JournalFigures } from '../store/storeStatus.ts';
import type { Counted, ServerFigures } from './metrics.ts';

/**
 * How a server is doing, for the console: the figures of {@link metricsText}, in whole units.
 * @param delayMs How late timers fired at most since the sample before.
 */
export function sampleOf(
  { commands }: Pick<Counted, 'commands'>,
  { nowMs, totals, connections, process }: ServerFigures,
  delayMs: number,
): FiguresSample {
  return {
    atMs: Math.round(nowMs),
    asOfMs: totals?.asOfMs === undefined ? undefined : Math.round(totals.asOfMs),
    sessions: totals?.sessions,
    keys: totals?.keys,
    bytes: totals?.bytes,
    clients: connections.data,
    answered: commands.total,
    failed: commands.failed,
    heapBytes: getHeapStatistics().used_heap_size,
    residentBytes: process?.residentBytes(),
    cpuMs: process && Math.round(process.cpuSec() * 1000),
    delayUs: microseconds(delayMs),
  };
}

/** @param now Of this moment, or hardly older. */
export function overviewOf(
  { commands, loopDelay }: Counted,
  { connections, refused, faults, store }: ServerFigures,
  now: FiguresSample,
): ServerOverview {
  return {
    now,
    startedAtMs: Math.round(performance.timeOrigin),
    commands: commands.counts(),
    inspectors: connections.inspection,
    refused: [...refused].map(([reason, count]) => ({ reason, count })),
    heapLimitBytes: getHeapStatistics().heap_size_limit,
    faults,
    delays: { count: loopDelay.count, totalUs: microseconds(loopDelay.totalMs) },
    syncs: store.journal && syncsOf(store.journal),
  };
}

function syncsOf({ syncs, syncMs }: JournalFigures): ServerOverview['syncs'] {
  return { count: syncs, totalUs: microseconds(syncMs) };
}

function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
