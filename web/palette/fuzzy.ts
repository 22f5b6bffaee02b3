import { foldText } from '../../protocol/text/foldText.ts';

/**
 * How well a text fits what was typed: every word of it must be found, its letters in their order.
 * @returns Higher is better; undefined: it does not fit.
 */
export function fuzzyScore(text: string, typed: string): number | undefined {
  const words = foldText(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  let sum = 0;
  for (const word of words) {
    const score = scoreOfWord(text, word);
    if (score === undefined) return undefined;
    sum += score;
  }
  // Of two texts that fit alike, the shorter one is meant.
  return sum - text.length / 1000;
}

function scoreOfWord(text: string, word: string): number | undefined {
  const lower = foldText(text);
  const at = lower.indexOf(word);
  if (at >= 0) return isStart(text, at) ? word.length * 3 + 4 : word.length * 1.5;
  let score = 0;
  let from = 0;
  for (const letter of word) {
    const found = lower.indexOf(letter, from);
    if (found < 0) return undefined;
    score += isStart(text, found) ? 2 : found === from ? 1 : 0;
    from = found + 1;
  }
  return score;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || /[\s_:.\-/(“"]/.test(text[at - 1] ?? '');
}
