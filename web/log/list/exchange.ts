import { catalog, isCommandName } from '../../../protocol/commands/catalog.ts';
import { resultFacts, type ResultFact } from '../../../protocol/wire/resultFacts.ts';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { verdictOf, type Verdict } from '../describeEntry.ts';
import { isFailure } from '../search/logFilter.ts';
import { texts } from '../texts.ts';

/** A request, and its reply if that is there. */
export interface ExchangeParts {
  readonly request: SentEntry;
  readonly reply: ReceivedEntry | undefined;
}

const known = new WeakMap<ReceivedEntry, readonly ResultFact[]>();

/** What the reply brought; read once. */
export function factsOf({ request, reply }: ExchangeParts): readonly ResultFact[] {
  if (!reply || reply.binary) return [];
  const facts = known.get(reply) ?? resultFacts(reply.text, request.text);
  known.set(reply, facts);
  return facts;
}

/** How an exchange went: what the reply says, or why there is none. */
export function verdictOfExchange({ request, reply }: ExchangeParts): Verdict {
  const verdict = reply ? verdictOf(reply) : verdictOf(request);
  return verdict ?? { word: texts.answered, tone: 'plain' };
}

/** Which message a row shows first: of a command that only reads, what it read. */
export function previewOrder({
  request,
  reply,
}: ExchangeParts): readonly (SentEntry | ReceivedEntry)[] {
  if (!reply) return [request];
  const isReading = isCommandName(request.name) && !catalog[request.name].isMutating;
  return isReading && !isFailure(reply) ? [reply, request] : [request, reply];
}
