import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { SessionRecord } from '../changes.ts';
import type { RestoredSession } from '../sessionStore.ts';
import { startTerm } from './expiry.ts';
import { bytesOfTexts } from './keyMap.ts';
import { Session } from './session.ts';
import type { SessionRows } from './sessionRows.ts';

/** Where a session is made: when its time starts, and where it is kept. */
export interface Birth {
  readonly nowMs: number;
  readonly rows: SessionRows;
}

/**
 * A session whose time starts now, unless it says when. It is in no table; one that gets into none must be freed.
 * @param textBytes Of all its keys and values.
 */
export function sessionOf(
  { token, name, shared, expiry, extension, keys, startMs }: RestoredSession,
  { nowMs, rows }: Birth,
  textBytes: number = textBytesOf(keys),
): Session {
  const session = Session.create(rows, { token, name, shared, createdAtMs: nowMs, extension });
  if (expiry) session.term = startTerm(expiry, startMs ?? nowMs);
  if (keys.size > 0) session.keys.replace(keys, textBytes);
  return session;
}

/** The session that a change created. */
export function replayedSession(created: SessionRecord, rows: SessionRows): Session {
  const session = Session.create(rows, created);
  session.term = created.term;
  session.keys.fill(created);
  return session;
}

function textBytesOf(keys: ReadonlyMap<string, JsonText>): number {
  let bytes = 0;
  for (const [key, value] of keys) bytes += bytesOfTexts(key, value);
  return bytes;
}
