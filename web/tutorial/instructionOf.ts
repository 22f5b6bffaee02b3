import type { Step } from './lesson.ts';
import type { Inline } from '../ui/prose/readProse.ts';

/** The first words of a step, as plain text: what it is about. */
export function instructionOf(step: Step): string {
  const [first] = step.kind === 'reading' ? step.prose : step.before;
  return first?.kind === 'paragraph' ? plain(first.children) : '';
}

function plain(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return plain(inline.children);
      return inline.kind === 'break' ? ' ' : inline.text;
    })
    .join('')
    .replaceAll(/\s+/g, ' ');
}
