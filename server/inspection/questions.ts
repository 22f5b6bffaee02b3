import type { InspectionEvent, KeyPreview } from '../../protocol/inspection/events.ts';
import { peekPreviewLength } from '../../protocol/inspection/events.ts';
import { maxPeekedKeys, type InspectionRequest } from '../../protocol/inspection/requests.ts';
import { kindOf, quote } from '../../protocol/json/jsonText.ts';
import { statusCode } from '../../protocol/status.ts';
import { readToken } from '../../protocol/token.ts';
import type { SessionIds } from '../store/sessionIds.ts';
import { maxFrameLength } from './frameSize.ts';
import { findKeys } from './findKeys.ts';
import { answerTimelineQuestion, type TimelineQuestion } from './history/timelineAnswers.ts';
import type { InspectedStore } from './sharedViews.ts';
import { summaryOf } from './summaryOf.ts';
import { StoreRefusal, valueOf } from './valueOf.ts';

/** A request that is answered once. */
export type Question =
  | Extract<InspectionRequest, { type: 'reveal' | 'peek' | 'value' | 'findKeys' }>
  | TimelineQuestion;

interface AskedStore {
  readonly store: InspectedStore;
  readonly idOf: SessionIds;
}

/** Throws {@link StoreRefusal} when the store cannot answer now. */
export async function answerQuestion(
  { store, idOf }: AskedStore,
  question: Question,
): Promise<InspectionEvent> {
  switch (question.type) {
    case 'reveal': {
      const { id } = question;
      // Others may be among them.
      const session = valueOf(await store.viewSessions([id])).find((each) => each.id === id);
      return { type: 'token', id, token: session?.token ?? null };
    }
    case 'value': {
      const view = valueOf(await store.viewKeys(question.id, [question.key]));
      return { ...question, value: view?.entries.get(question.key) };
    }
    case 'findKeys':
      return findKeys(store, question);
    case 'moment':
    case 'changes':
      return answerTimelineQuestion(store, question);
    case 'peek':
      return peek({ store, idOf }, question.token);
  }
}

/** The answer to a question when there is none. */
export function unanswered({ type, ...subject }: Question, error: unknown): InspectionEvent {
  const none = { id: undefined, key: undefined, token: undefined, number: undefined };
  const { id, key, token, number } = { ...none, ...subject };
  const status = statusCode(error instanceof StoreRefusal ? error.status : 'Unknown');
  return { type: 'unanswered', question: type, id, key, token, number, status };
}

/** The token is the client's own; no other is sent. */
async function peek({ store, idOf }: AskedStore, token: string): Promise<InspectionEvent> {
  const asked = readToken(quote(token));
  const found = asked === undefined ? [] : valueOf(await store.viewSessions([idOf(asked)]));
  const session = found.find((each) => each.token === asked);
  if (!session) return { type: 'peeked', token, isLiving: false };
  const keys = await firstKeys(store, session.id);
  return { type: 'peeked', token, isLiving: true, session: summaryOf(session), keys };
}

async function firstKeys(store: InspectedStore, id: string): Promise<KeyPreview[]> {
  const names = valueOf(await store.listKeys(id, { from: 0, count: maxPeekedKeys })) ?? [];
  const view = valueOf(await store.viewKeys(id, names));
  const previews: KeyPreview[] = [];
  let length = 0;
  for (const [key, value] of view?.entries ?? []) {
    if (length > maxFrameLength) break;
    const preview = value.slice(0, peekPreviewLength);
    previews.push({ key, type: kindOf(value), preview });
    length += key.length + preview.length;
  }
  return previews;
}
