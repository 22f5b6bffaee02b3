import type { ReactNode } from 'react';
import { foldedPlaces, foldText } from '../../../protocol/text/foldText.ts';

interface MarkedNameProps {
  /** As it is shown. */
  readonly text: string;
  /** What was searched for; empty: nothing. */
  readonly find: string;
}

/** A name with what was found in it marked. */
export function MarkedName({ text, find }: MarkedNameProps) {
  const wanted = foldText(find.trim());
  if (wanted === '') return text;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of foldedPlaces(text, wanted)) {
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return [...pieces, text.slice(at)];
}
