import { formatMoment } from '../ui/format.ts';
import { texts } from './texts.ts';

/** The largest time that a Date can hold. */
const maxDateMs = 8.64e15;

/** A point in time in the person's own zone; its tooltip has it as ISO 8601. */
export function Moment({ atMs }: { readonly atMs: number }) {
  if (atMs > maxDateMs) return <>{texts.tooFarAhead}</>;
  const iso = new Date(atMs).toISOString();
  return (
    <time dateTime={iso} title={iso} translate="no">
      {formatMoment(atMs)}
    </time>
  );
}
