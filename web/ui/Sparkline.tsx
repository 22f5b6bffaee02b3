import { linePoints, type LineBox, type LinePoint } from './linePoints.ts';
import './Sparkline.css';

interface SparklineProps extends LineBox {
  /** Says in words what the line shows. */
  readonly label: string;
  readonly points: readonly LinePoint[];
}

/** A small line of how a value was lately. */
export function Sparkline({ label, points, width, height, span }: SparklineProps) {
  const line = linePoints(points, { width, height, span });
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polyline points={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
