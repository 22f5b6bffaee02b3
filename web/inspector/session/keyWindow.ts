import type { ListRows } from '../../ui/virtualList/readingPosition.ts';
import type { SessionRow } from './keyRows.ts';

/** The rows of a tree of which some keys are listed. */
export interface KeyWindow {
  readonly rows: readonly SessionRow[];
  /** Keys before the listed ones, and after them: each has a row that says nothing yet. */
  readonly before: number;
  readonly after: number;
}

/** What stands for a row that is not here: its position. No id of a row begins so. */
const positionSign = '#';

/** The rows of all keys; those that are not listed go by their positions. */
export function windowRows({ rows, before, after }: KeyWindow): ListRows<string> {
  const count = before + rows.length + after;
  return {
    count,
    idAt: (index) => {
      if (index < 0 || index >= count) return undefined;
      return rows[index - before]?.id ?? positionSign + index;
    },
    indexOf: (id) => {
      if (!id.startsWith(positionSign)) {
        const at = rows.findIndex((row) => row.id === id);
        return at < 0 ? -1 : before + at;
      }
      const index = Number(id.slice(1));
      return index < count ? index : -1;
    },
  };
}

/** Rows beyond those on screen that should be here before somebody scrolls to them. */
const spareRows = 100;

/**
 * From which key on the keys should be listed, for the rows on screen.
 * @param size Keys that are listed at a time.
 * @returns undefined: those that are listed will do.
 */
export function wantedFrom(
  { rows, before, after }: KeyWindow,
  [first, last]: readonly [first: number, last: number],
  size: number,
): number | undefined {
  const isTooHigh = before > 0 && first - spareRows < before;
  const isTooLow = after > 0 && last + spareRows >= before + rows.length;
  if (!isTooHigh && !isTooLow) return undefined;
  const middle = Math.floor((first + last) / 2);
  const keyRows = rows.filter(({ type }) => type === 'key').length;
  // Parts of values have rows, too.
  const at = middle < before + rows.length ? middle : middle - rows.length + keyRows;
  return Math.max(0, Math.min(at - Math.floor(size / 2), before + keyRows + after - size));
}
