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

/**
 * The rates as points of a line in a box, the newest at its right edge and the highest at its top.
 * @returns For `points` of an SVG polyline.
 */
export function linePoints(
  history: RateHistory,
  box: { readonly width: number; readonly height: number },
): string {
  const newest = history.at(-1)?.second ?? 0;
  const highest = Math.max(1, ...history.map(({ perSecond }) => perSecond));
  return history
    .map(({ second, perSecond }) => {
      const x = box.width * (1 - (newest - second) / (shownSeconds - 1));
      const y = box.height * (1 - perSecond / highest);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
