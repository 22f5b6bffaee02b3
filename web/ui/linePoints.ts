/** A value at a time; the unit of time is that of the span. */
export interface LinePoint {
  readonly at: number;
  readonly value: number;
}

export interface LineBox {
  readonly width: number;
  readonly height: number;
  /** How far back the left edge is from the newest point. */
  readonly span: number;
}

/**
 * Values as points of a line in a box, the newest at its right edge, 0 at its bottom and the highest at its top.
 * @returns For `points` of an SVG polyline.
 */
export function linePoints(points: readonly LinePoint[], { width, height, span }: LineBox): string {
  const newest = points.at(-1)?.at ?? 0;
  const highest = Math.max(1, ...points.map(({ value }) => value));
  return points
    .map(({ at, value }) => {
      const x = width * (1 - (newest - at) / span);
      const y = height * (1 - value / highest);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
