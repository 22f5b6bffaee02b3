import { plainText } from '../ui/prose/readProse.ts';
import type { Step } from './lesson.ts';

/** The first words of a step, as plain text: what it is about. */
export function instructionOf(step: Step): string {
  const [first] = step.kind === 'reading' ? step.prose : step.before;
  if (first?.kind !== 'paragraph') return '';
  return plainText(first.children).replaceAll(/\s+/g, ' ');
}
