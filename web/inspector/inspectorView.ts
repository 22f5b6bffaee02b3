import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { fullRights, type Rights } from '../../protocol/inspection/rights.ts';
import type { StoreFacts } from '../../protocol/inspection/storeFacts.ts';
import type { Token } from '../../protocol/token.ts';

/** Why the key that was used is of no use: the server did not accept it, or has removed it. */
export type KeyFault = 'refused' | 'removed';

/** Where the inspector stands. */
export type InspectorState =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting' }
  /** The list is there and follows the server. */
  | { readonly state: 'live' }
  | { readonly state: 'needsKey'; readonly keyFault: KeyFault | undefined }
  /** The server was started without inspection. */
  | { readonly state: 'off' }
  | { readonly state: 'retrying'; readonly retryAtMs: number; readonly cause: string };

/** The chosen session. */
export interface WatchedSession {
  readonly id: string;
  /** As last listed, also after it is gone. */
  readonly summary: SessionSummary;
  /** It ended or expired: it has no keys and no token any more. */
  readonly isGone: boolean;
  /** False until its keys have come for the first time. */
  readonly areKeysKnown: boolean;
  /** All keys, listed or not. */
  readonly totalKeys: number;
  /** Position of the first listed key, counted from 0. */
  readonly keysFrom: number;
  /** Only while revealed. */
  readonly token: Token | undefined;
}

/** A session that is not watched yet. */
interface OpeningSession {
  readonly id: string;
  /** There is none of this id, or it has ended. */
  readonly isMissing: boolean;
}

/** What the server said of itself. */
export interface ServerFacts {
  readonly version: string;
  readonly maxPayloadBytes: number;
}

/** What the inspector shows. The lists are outside: read them again when their versions change. */
export interface InspectorView {
  readonly status: InspectorState;
  /** Absent until the first hello. */
  readonly server: ServerFacts | undefined;
  /** How safe its data is. Absent while that is not known, and for servers that do not say. */
  readonly store: StoreFacts | undefined;
  /** What its key or ticket allows here. */
  readonly rights: Rights;
  readonly totalSessions: number;
  readonly totalKeys: number;
  readonly sessionsVersion: number;
  readonly keysVersion: number;
  readonly watched: WatchedSession | undefined;
  /** A session that was chosen by its id alone, until it is known what it is. */
  readonly opening: OpeningSession | undefined;
}

export const emptyView: InspectorView = {
  status: { state: 'idle' },
  server: undefined,
  store: undefined,
  rights: fullRights,
  totalSessions: 0,
  totalKeys: 0,
  sessionsVersion: 0,
  keysVersion: 0,
  watched: undefined,
  opening: undefined,
};

type Chosen = Pick<InspectorView, 'watched' | 'opening'>;

/** A session that has just been chosen: shown at once where it is known already. */
export function chosen(id: string | undefined, known: SessionSummary | undefined): Chosen {
  const opening = id === undefined || known ? undefined : { id, isMissing: false };
  return { watched: known && newlyWatched(known), opening };
}

/** The session that the server is asked to watch. */
export function followedId({ watched, opening }: Chosen): string | undefined {
  if (watched) return watched.isGone ? undefined : watched.id;
  return opening?.id;
}

/** What the chosen session is, or that there is none of this id. */
export function withNews(
  { watched, opening }: Chosen,
  { type, ...news }: ({ type: 'session' } & SessionSummary) | { type: 'gone'; id: string },
): Partial<Chosen> {
  const isOpening = opening?.id === news.id;
  if (type === 'gone' || !('name' in news)) {
    return isOpening ? { opening: { id: news.id, isMissing: true } } : {};
  }
  if (watched?.id === news.id) return { watched: { ...watched, summary: news } };
  return isOpening ? { watched: newlyWatched(news), opening: undefined } : {};
}

export function newlyWatched(summary: SessionSummary): WatchedSession {
  return {
    id: summary.id,
    summary,
    isGone: false,
    areKeysKnown: false,
    totalKeys: summary.keyCount,
    keysFrom: 0,
    token: undefined,
  };
}
