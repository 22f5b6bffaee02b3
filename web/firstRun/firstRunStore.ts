import { createStore, type StoreApi } from 'zustand/vanilla';
import { boolean, listOf, object, optional, string, unsigned } from '../../protocol/codec/codec.ts';
import { maskToken } from '../../protocol/token.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned } from '../ui/storedValue.ts';
import type { PlayEnd } from './playSession.ts';

/** What tells a session of the sample data from others after a reload: its token is not kept. */
const sampleSession = object({ host: string, name: string, maskedToken: string });

/** A session of the sample data, as it was created. */
export interface SampleSession {
  /** Of its server. */
  readonly host: string;
  readonly name: string;
  readonly maskedToken: string;
}

/** Absent members: the card was hidden, by a console that remembered nothing else. */
const stored = object({
  version: unsigned,
  isHidden: optional(boolean),
  sample: optional(listOf(sampleSession)),
});
const version = 1;

/** Most sample sessions that are remembered, those of other servers included; the oldest go. */
const maxRemembered = 40;

interface Kept {
  readonly isHidden: boolean;
  readonly sample: readonly SampleSession[];
}

export interface FirstRunView extends Kept {
  /** Somebody has hidden the card, once and for all. */
  readonly isHidden: boolean;
  readonly play:
    | { readonly state: 'none' }
    | { readonly state: 'playing'; readonly at: number }
    | { readonly state: 'ended'; readonly end: PlayEnd };
  /** Of all servers, the newest last. Some may have ended. */
  readonly sample: readonly SampleSession[];
  readonly isLoading: boolean;
  /** The bar of the sample data is hidden; the palette still removes it. */
  readonly isSampleHidden: boolean;
}

/** What the first steps have come to; that they are hidden and what was loaded is kept. */
export interface FirstRunStore {
  readonly store: StoreApi<FirstRunView>;
  readonly hide: () => void;
  /** Sessions of the sample data were created. */
  readonly loaded: (host: string, created: readonly CreatedSession[]) => void;
  /** They have ended: there is nothing to remove any more. */
  readonly removed: (sessions: readonly SampleSession[]) => void;
  /** Known until the page closes. */
  readonly tokenOf: (session: SampleSession) => string | undefined;
}

/** A session that has just been created. */
export interface CreatedSession {
  readonly name: string;
  readonly token: string;
}

export function createFirstRunStore(text: StoredText): FirstRunStore {
  const kept = createStoredValue<Kept>(text, {
    read: (written) => {
      const read = readVersioned(written, stored, version);
      return read && { isHidden: read.isHidden ?? true, sample: read.sample ?? [] };
    },
    write: ({ isHidden, sample }) => stored.write({ version, isHidden, sample: [...sample] }),
    empty: { isHidden: false, sample: [] },
  });
  const store = createStore<FirstRunView>(() => ({
    ...kept.store.getState(),
    play: { state: 'none' },
    isLoading: false,
    isSampleHidden: false,
  }));
  kept.store.subscribe((now) => store.setState(now));
  const keep = (change: (value: Kept) => Kept) => {
    kept.change(change);
    kept.keep();
  };
  const tokens = new Map<string, string>();
  return {
    store,
    hide: () => {
      keep((value) => ({ ...value, isHidden: true }));
      store.setState({ play: { state: 'none' } });
    },
    loaded: (host, created) => {
      const added = created.map(({ name, token }) => ({
        host,
        name,
        maskedToken: maskToken(token),
      }));
      created.forEach(({ token }, at) => added[at] && tokens.set(keyOf(added[at]), token));
      keep(({ sample, ...value }) => ({
        ...value,
        sample: [...sample, ...added].slice(-maxRemembered),
      }));
    },
    removed: (sessions) => {
      const keys = new Set(sessions.map(keyOf));
      keep(({ sample, ...value }) => ({
        ...value,
        sample: sample.filter((each) => !keys.has(keyOf(each))),
      }));
    },
    tokenOf: (session) => tokens.get(keyOf(session)),
  };
}

function keyOf({ host, name, maskedToken }: SampleSession): string {
  return `${host} ${maskedToken} ${name}`;
}
