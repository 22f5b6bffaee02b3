import type { Author } from '../../../protocol/inspection/author.ts';
import type { KeyStep, ShownValue, TimelineChange } from '../../../protocol/inspection/timeline.ts';
import { visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { formatMoment } from '../../ui/format.ts';
import { texts } from './texts.ts';

/** What a change did, in a word or its command. */
export function whatOf({ kind, author, times }: TimelineChange): string {
  if (author.command !== undefined) return texts.times(author.command, times);
  if (kind === 'ended') return texts.expired;
  return kind === 'cleared' ? texts.expiredKeys : texts[kind];
}

/** Who made a change, and through which server when there are several. */
export function whoOf(author: Author): string {
  const who = whoOfOne(author);
  return author.server === undefined ? who : texts.at(who, author.server);
}

function whoOfOne({ by, connection }: Author): string {
  if (by === 'server') return texts.server;
  return by === 'console' || connection === undefined
    ? texts.console
    : texts.connection(connection);
}

/** Each key of a change with its values before and after, on one line. */
export function stepOf(change: TimelineChange): string {
  const { keys, keyCount, isWhole, deadlineMs, kind } = change;
  if (deadlineMs !== undefined) return texts.until(formatMoment(deadlineMs));
  if (!isWhole) return texts.notKept(keyCount);
  if (keys.length === 0) return kind === 'created' ? texts.created : '';
  const more = keyCount - keys.length;
  const steps = keys.map(keyStepOf);
  return [...steps, ...(more > 0 ? [texts.moreKeys(more)] : [])].join(', ');
}

function keyStepOf({ key, before, after }: KeyStep): string {
  return `${visibleName(key)}: ${valueOf(before)} → ${valueOf(after)}`;
}

function valueOf(value: ShownValue | undefined): string {
  if (value === undefined) return texts.none;
  const text = visibleText(value.text);
  return value.length > value.text.length ? `${text}…` : text;
}
