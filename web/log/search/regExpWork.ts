import { placesWhere, type PackedTexts } from './packedTexts.ts';
import { isFound, rangesOf, type TextRange } from './textRanges.ts';

/** What the worker is asked: which of these are found, or where in one text. */
export type RegExpQuestion = {
  readonly id: number;
  readonly source: string;
  readonly flags: string;
} & (
  | { readonly ask: 'found'; readonly texts: PackedTexts }
  | { readonly ask: 'ranges'; readonly text: string }
);

/** What it answers. */
export type RegExpAnswer = { readonly id: number } & (
  | { readonly ask: 'found'; readonly found: readonly number[] }
  | { readonly ask: 'ranges'; readonly ranges: readonly TextRange[] }
);

/** All that the worker does. It may never end: the caller has a time limit. */
export function answerQuestion(question: RegExpQuestion): RegExpAnswer {
  const { id } = question;
  const pattern = new RegExp(question.source, question.flags);
  if (question.ask === 'ranges') {
    return { id, ask: 'ranges', ranges: rangesOf(pattern, question.text) };
  }
  const found = placesWhere(question.texts, (text) => isFound(pattern, text));
  return { id, ask: 'found', found };
}
