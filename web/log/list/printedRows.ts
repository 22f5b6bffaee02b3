import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Most rows that are printed. */
export const maxPrintedRows = 500;

/** Whether the page is being printed: at once, before the browser takes its picture of the page. */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const start = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', start);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', start);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}

interface PrintedRows {
  readonly count: number;
  readonly idAt: (index: number) => number | undefined;
  readonly isSelected: (id: number) => boolean;
  readonly isUnfolded: (id: number) => boolean;
}

/**
 * The rows for paper, wherever they are in the list: those that are selected; if none is, those that
 * are open; if none is, all. The first {@link maxPrintedRows} of them.
 */
export function printedIndexes({ count, idAt, isSelected, isUnfolded }: PrintedRows): number[] {
  const indexesOf = (isWanted: (id: number) => boolean) => {
    const found: number[] = [];
    for (let index = 0; index < count && found.length < maxPrintedRows; index += 1) {
      const id = idAt(index);
      if (id !== undefined && isWanted(id)) found.push(index);
    }
    return found;
  };
  const lists = [isSelected, isUnfolded, () => true].map((isWanted) => indexesOf(isWanted));
  return lists.find((indexes) => indexes.length > 0) ?? [];
}
