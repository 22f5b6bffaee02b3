import type { TextSpan } from '../../protocol/json/jsonTokens.ts';
import type { SequenceView } from './messageSequence.ts';

/** What has become of a message of a sequence. */
export interface SequenceStep extends TextSpan {
  readonly state: 'sent' | 'failed' | 'skipped' | 'toCome';
}

/**
 * The steps of a sequence in the text that it was started from.
 * @param spans Of the messages of the text as it is now.
 * @returns undefined when none was started, or another one is written by now.
 */
export function stepsIn(
  text: string,
  spans: readonly TextSpan[],
  { progress, written, failed, skipped }: SequenceView,
): readonly SequenceStep[] | undefined {
  if (progress.state === 'idle' || spans.length !== written.length) return undefined;
  const { sent } = progress;
  // A message that failed may be mended, and those to come may be changed.
  const isSame = ({ start, end }: TextSpan, index: number) =>
    index >= sent || failed.includes(index) || text.slice(start, end) === written[index];
  if (!spans.every(isSame)) return undefined;
  return spans.map(({ start, end }, index) => ({ start, end, state: stateOf(index) }));

  function stateOf(index: number): SequenceStep['state'] {
    if (failed.includes(index)) return 'failed';
    if (skipped.includes(index)) return 'skipped';
    return index < sent ? 'sent' : 'toCome';
  }
}
