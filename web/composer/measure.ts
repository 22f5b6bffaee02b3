import { fill } from '../connection/page/substitute.ts';
import type { Variables } from '../connection/page/variables.ts';
import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import { byteLength, heaviestBranch, heavyShare, type HeavyBranch } from './byteBudget.ts';

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
