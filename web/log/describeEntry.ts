import { describeEvent } from '../connection/texts/describeEvent.ts';
import { isSuccess, type StatusName } from '../../protocol/status.ts';
import type { Entry, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { nameOf } from '../connection/texts/frameName.ts';
import { isFailure } from './search/logFilter.ts';
import { formatTime } from '../ui/format.ts';
import { formatMs } from '../ui/formatMs.ts';
import type { Announcement } from './store/announcer.ts';
import { texts } from './texts.ts';

/** A short word about how an entry went, with the tone to colour it in. */
export interface Verdict {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
}

/** What the row says in its status column. */
export function verdictOf(entry: Entry): Verdict | undefined {
  switch (entry.kind) {
    case 'sent':
      return verdictOfSent(entry);
    case 'received':
      return verdictOfReply(entry);
    case 'connection':
      return undefined;
  }
}

function verdictOfSent({ outcome, isQuiet }: SentEntry): Verdict | undefined {
  switch (outcome.state) {
    case 'waiting':
      return { word: isQuiet ? texts.quiet : texts.waitingForReply, tone: 'plain' };
    case 'answered':
      return undefined;
    case 'silent':
      return { word: texts.quietDone, tone: 'good' };
    case 'lost':
      return { word: texts.noReply, tone: 'bad' };
  }
}

function verdictOfReply({ statuses: names }: ReceivedEntry): Verdict | undefined {
  const [first, ...others] = names;
  if (first === undefined) return undefined;
  const word = others.length === 0 ? first : `${first} +${others.length}`;
  const isGood = names.every(isSuccess);
  const isPart = !isGood && names.some(isSuccess);
  return { word, tone: isGood ? 'good' : isPart || isMild(first) ? 'warn' : 'bad' };
}

/** That a key exists or does not is an answer, not a failure. */
function isMild(status: StatusName): boolean {
  return status === 'KeyExists' || status === 'KeyNotExist';
}

/** The row in words, for those who cannot see it. */
export function describeRow(entry: Entry, reply: ReceivedEntry | undefined): string {
  return reply ? `${describeEntry(entry)}; ${describeEntry(reply)}` : describeEntry(entry);
}

/** One message or event in words. */
export function describeEntry(entry: Entry): string {
  const time = texts.at(formatTime(entry.atMs));
  if (entry.kind === 'connection')
    return `${texts.connectionEntry(describeEvent(entry.event))}, ${time}`;
  const direction = entry.kind === 'sent' ? texts.sentEntry : texts.receivedEntry;
  const verdict = verdictOf(entry)?.word;
  const latency =
    entry.kind === 'received' && entry.latencyMs !== undefined
      ? texts.after(formatMs(entry.latencyMs))
      : undefined;
  const parts = [
    `${direction} ${nameOf(entry)}`,
    verdict,
    latency,
    texts.byteCount(entry.bytes),
    time,
    isFailure(entry) ? texts.failure : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** What arrived, in one sentence. The same sentence twice differs by a space, so that both are spoken. */
export function describeAnnouncement(announcement: Announcement): string {
  return `${sentenceOf(announcement)}${announcement.number % 2 === 0 ? '\u00a0' : ''}`;
}

function sentenceOf(announcement: Announcement): string {
  switch (announcement.kind) {
    case 'reply': {
      const parts = [nameOf(announcement.entry), verdictOf(announcement.entry)?.word];
      return parts.filter((part) => part !== undefined).join(', ');
    }
    case 'counts':
      return texts.saidCounts(announcement.replies, announcement.failures);
    case 'rate':
      return texts.saidRate(announcement.perSecond);
  }
}
