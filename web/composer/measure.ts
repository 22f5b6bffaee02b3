import { fill } from '../connection/page/substitute.ts';
import type { Variables } from '../connection/page/variables.ts';
import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import { formatBytes, number } from '../ui/format.ts';
import { byteLength, heaviestBranch, heavyShare, type HeavyBranch } from './byteBudget.ts';
import { texts } from './texts.ts';

/** Share of the limit from which the limit is said as well. */
const limitShare = 0.5;

/** A size as it is said: with the limit when that is not far, and exactly where both look alike. */
export function describeSize(bytes: number, maxPayloadBytes: number): string {
  const size = formatBytes(bytes);
  if (bytes < maxPayloadBytes * limitShare) return size;
  const most = formatBytes(maxPayloadBytes);
  if (size !== most) return texts.sizeOfMost(size, most);
  return texts.sizeOfMost(number(bytes), `${number(maxPayloadBytes)} B`);
}

/** How big a draft is, by its biggest message. */
export interface Measure {
  readonly messages: number;
  /** UTF-8 bytes, variables filled in. */
  readonly bytes: number;
  /** Named when the server's limit is near. */
  readonly branch: HeavyBranch | undefined;
}

interface MeasureInput {
  readonly variables: Variables;
  readonly maxPayloadBytes: number;
  readonly isLiteral?: boolean;
}

export function measureDraft(
  draft: string,
  { variables, maxPayloadBytes, isLiteral = false }: MeasureInput,
): Measure {
  const spans = messageSpans(draft);
  const messages = spans.map(
    ({ start, end }) => fill({ text: draft.slice(start, end), isLiteral }, variables).text,
  );
  const sizes = messages.map(byteLength);
  const bytes = sizes.reduce((most, each) => Math.max(most, each), 0);
  const isNear = bytes >= maxPayloadBytes * heavyShare;
  const biggest = messages[sizes.indexOf(bytes)] ?? '';
  return { messages: spans.length, bytes, branch: isNear ? heaviestBranch(biggest) : undefined };
}
