import {
  maxPeekedIds,
  maxPeekedKeys,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import {
  peekPreviewLength,
  type InspectionEvent,
  type KeyPreview,
} from '../../protocol/inspection/events.ts';
import { kindOf, quote } from '../../protocol/json/jsonText.ts';
import { readToken } from '../../protocol/token.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { maxFrameLength } from './frameSize.ts';
import { valueOf } from './valueOf.ts';

type PeekRequest = Extract<InspectionRequest, { type: 'peek' }>;

/** Answers `peek`. The token is the client's own; no other is sent. */
export async function peek(
  store: SessionStore,
  { token, ids }: PeekRequest,
): Promise<InspectionEvent> {
  const asked = readToken(quote(token));
  const living = asked === undefined ? [] : valueOf(await store.livingTokens([asked]));
  if (living.length === 0) return { type: 'peeked', token, isLiving: false };
  const sessions = valueOf(await store.viewSessions(ids.slice(0, maxPeekedIds)));
  const session = sessions.find((each) => each.token === token);
  const keys = session && (await firstKeys(store, session.id));
  return { type: 'peeked', token, isLiving: true, keys };
}

async function firstKeys(store: SessionStore, id: string): Promise<KeyPreview[]> {
  const names = valueOf(await store.listKeys(id, maxPeekedKeys)) ?? [];
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
