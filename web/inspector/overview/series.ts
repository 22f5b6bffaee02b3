import type { CommandCount, FiguresSample } from '../../../protocol/inspection/serverFigures.ts';
import type { LinePoint } from '../../ui/linePoints.ts';

/** A figure over the last minutes; a sample that does not have it is left out. Times are seconds. */
export function valuesOf(
  samples: readonly FiguresSample[],
  valueOf: (sample: FiguresSample) => number | undefined,
): LinePoint[] {
  return samples.flatMap((sample) => {
    const value = valueOf(sample);
    return value === undefined ? [] : [{ at: sample.atMs / 1000, value }];
  });
}

/** How fast a counter grew, per second of the samples; one that began again at 0 did not grow. */
export function ratesOf(
  samples: readonly FiguresSample[],
  counterOf: (sample: FiguresSample) => number | undefined,
): LinePoint[] {
  const counts = valuesOf(samples, counterOf);
  return counts.slice(1).map(({ at, value }, index) => {
    const before = counts[index] ?? { at, value };
    const sec = Math.max(0.001, at - before.at);
    return { at, value: Math.max(0, value - before.value) / sec };
  });
}

/** Figures of a command or a status, since the start and now. */
export interface CountRow {
  readonly count: number;
  readonly perSecond: number;
}

export interface CommandRow extends CountRow {
  /** Absent: messages that named no command that there is. */
  readonly command: string | undefined;
  readonly failed: number;
  readonly meanUs: number;
}

/** The busiest first. */
export function commandRows(
  all: readonly CommandCount[],
  since: { readonly commands: readonly CommandCount[]; readonly sec: number } | undefined,
  isFailure: (status: number) => boolean,
): CommandRow[] {
  const news = new Map(since?.commands.map((each) => [each.command, totalOf(each)]));
  const rows = all.map((each) => {
    const count = totalOf(each);
    return {
      command: each.command,
      count,
      perSecond: since ? (news.get(each.command) ?? 0) / since.sec : 0,
      failed: totalOf(each, isFailure),
      meanUs: count > 0 ? each.totalUs / count : 0,
    };
  });
  return rows.sort((one, other) => other.perSecond - one.perSecond || other.count - one.count);
}

export interface StatusRow extends CountRow {
  readonly status: number;
}

/** Those that are failures, the most frequent first. */
export function statusRows(
  all: readonly CommandCount[],
  since: { readonly commands: readonly CommandCount[]; readonly sec: number } | undefined,
  isFailure: (status: number) => boolean,
): StatusRow[] {
  const counts = countsByStatus(all);
  const news = countsByStatus(since?.commands ?? []);
  return [...counts]
    .filter(([status]) => isFailure(status))
    .map(([status, count]) => ({
      status,
      count,
      perSecond: since ? (news.get(status) ?? 0) / since.sec : 0,
    }))
    .sort((one, other) => other.count - one.count);
}

function totalOf({ statuses }: CommandCount, isCounted: (status: number) => boolean = () => true) {
  return statuses.reduce((sum, { status, count }) => sum + (isCounted(status) ? count : 0), 0);
}

function countsByStatus(commands: readonly CommandCount[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { statuses } of commands) {
    for (const { status, count } of statuses) counts.set(status, (counts.get(status) ?? 0) + count);
  }
  return counts;
}
