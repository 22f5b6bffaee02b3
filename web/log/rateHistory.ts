/** How far back the line of a flood goes. */
export const shownSeconds = 30;

/** The rate of a second. */
interface Rate {
  readonly second: number;
  readonly perSecond: number;
}

/** Rates of the last seconds, oldest first; a second of which nothing is known is not among them. */
export type RateHistory = readonly Rate[];

/** @param perSecond Counted until now: of one second the highest count holds. */
export function withRate(history: RateHistory, nowMs: number, perSecond: number): RateHistory {
  const second = Math.floor(nowMs / 1000);
  const last = history.at(-1);
  const most = last?.second === second ? Math.max(last.perSecond, perSecond) : perSecond;
  const before = history.filter(
    (rate) => rate.second !== second && rate.second > second - shownSeconds,
  );
  return [...before, { second, perSecond: most }];
}
