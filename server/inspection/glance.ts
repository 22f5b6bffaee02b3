import {
  glancePreviewLength,
  maxGlancedIds,
  maxGlancedKeys,
  type InspectionEvent,
  type InspectionRequest,
  type KeyGlance,
} from '../../protocol/inspection.ts';
import { kindOf, quote } from '../../protocol/json/jsonText.ts';
import { readToken } from '../../protocol/token.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { maxFrameLength } from './frameSize.ts';

type Question = Extract<InspectionRequest, { type: 'glance' }>;

/** Answers a glance. The token is the client's own; no other is told. */
export async function glance(
  store: SessionStore,
  { token, ids }: Question,
): Promise<InspectionEvent> {
  const asked = readToken(quote(token));
  const living = asked === undefined ? [] : await store.livingTokens([asked]);
  if (living.length === 0) return { type: 'glanced', token, isLiving: false };
  const sessions = await store.viewSessions(ids.slice(0, maxGlancedIds));
  const session = sessions.find((each) => each.token === token);
  const keys = session && (await glanceKeys(store, session.id));
  return { type: 'glanced', token, isLiving: true, keys };
}

async function glanceKeys(store: SessionStore, id: string): Promise<KeyGlance[]> {
  const names = (await store.listKeys(id, maxGlancedKeys)) ?? [];
  const view = await store.viewKeys(id, names);
  const glances: KeyGlance[] = [];
  let length = 0;
  for (const [key, value] of view?.entries ?? []) {
    if (length > maxFrameLength) break;
    const preview = value.slice(0, glancePreviewLength);
    glances.push({ key, type: kindOf(value), preview });
    length += key.length + preview.length;
  }
  return glances;
}
