import './Segments.css';

interface Segment<T extends string> {
  readonly id: T;
  readonly label: string;
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly segments: readonly Segment<T>[];
  readonly chosen: T | undefined;
  readonly onChoose: (id: T) => void;
  /** For its place. */
  readonly className?: string;
}

/** One of a few ways to show something. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, segments, chosen, onChoose, className } = props;
  return (
    <div
      role="group"
      aria-label={label}
      className={className === undefined ? 'segments' : `segments ${className}`}
    >
      {segments.map(({ id, label: name }) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          {name}
        </button>
      ))}
    </div>
  );
}
