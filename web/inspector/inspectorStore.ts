import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../protocol/inspection.ts';
import type { Token } from '../../protocol/token.ts';
import { InspectionLink, type LinkDeps, type LinkState } from './inspectionLink.ts';
import { ServerClock, type ClockDeps } from './serverClock.ts';
import { SessionList, type ListedSession, type ListFilter, type Totals } from './sessionList.ts';
import { TokenQuestions } from './tokenQuestions.ts';
import { WatchedKeys, type KeyRow } from './watchedKeys.ts';

/** The session that was chosen. */
export type Chosen =
  | {
      readonly state: 'watched';
      readonly session: ListedSession;
      /** Whether its keys have come. */
      readonly hasKeys: boolean;
      readonly token: ShownToken;
    }
  /** It ended or expired: what was last known of it, and nothing secret. */
  | { readonly state: 'gone'; readonly session: ListedSession; readonly goneAtMs: number };

/** The token of the chosen session, as far as a person asked to see it. */
export type ShownToken =
  | { readonly state: 'masked' }
  | { readonly state: 'asked' }
  | { readonly state: 'shown'; readonly token: Token };

/** What React watches of the inspector; sessions and keys stay outside. */
export interface InspectorView extends ListFilter {
  readonly link: LinkState;
  /** Counts up, at most once a frame, when sessions or keys have changed. */
  readonly version: number;
  /** Whether a list has come, however old it is by now. */
  readonly hasList: boolean;
  readonly totals: Totals;
  readonly chosen: Chosen | undefined;
}

/** The outside world of the inspector. */
export interface InspectorDeps extends LinkDeps, ClockDeps {
  /** Runs the function once, soon, at most once a frame. */
  readonly onNextFrame: (run: () => void) => void;
}

/** Looks at the sessions of the serving origin, live, and touches none. */
export class Inspector {
  readonly store: StoreApi<InspectorView>;
  readonly clock: ServerClock;
  readonly #deps: InspectorDeps;
  readonly #link: InspectionLink;
  readonly #list = new SessionList();
  readonly #keys = new WatchedKeys();
  readonly #tokens = new TokenQuestions();
  #onlookers = 0;
  #isFramePending = false;

  constructor(deps: InspectorDeps) {
    this.#deps = deps;
    this.clock = new ServerClock(deps);
    this.#link = new InspectionLink(deps, {
      onState: (link) => this.#onLink(link),
      onEvent: (event) => this.#onEvent(event),
    });
    this.store = createStore<InspectorView>(() => ({
      link: { state: 'idle' },
      version: 0,
      hasList: false,
      totals: this.#list.totals,
      chosen: undefined,
      search: '',
      sort: 'newest',
    }));
  }

  /**
   * Connects for as long as somebody looks.
   * @returns The function that looks away; when nobody looks any more the connection ends.
   */
  look(): () => void {
    this.#onlookers += 1;
    this.#link.start();
    let isLooking = true;
    return () => {
      if (!isLooking) return;
      isLooking = false;
      this.#onlookers -= 1;
      if (this.#onlookers === 0) this.#link.stop();
    };
  }

  /** Tries again at once, in the middle of a wait too. */
  retryNow(): void {
    this.#link.retryNow();
  }

  /** Shows the server this inspection key. It is kept in memory only. */
  submitKey(key: string): void {
    this.#link.submitKey(key);
  }

  /** Sessions that pass the filter, in order. The same array until something changes. */
  sessions(): readonly ListedSession[] {
    return this.#list.visible(this.store.getState());
  }

  /** Unix time in milliseconds by our own clock, which changes are dated by. */
  localNowMs(): number {
    return this.#deps.nowMs();
  }

  /** How many sessions the server lists; the totals count the others too. */
  listedCount(): number {
    return this.#list.listed;
  }

  /** Keys of the chosen session, in its order. The same array until something changes. */
  keys(): readonly KeyRow[] {
    return this.#keys.rows();
  }

  /** How many keys the chosen session has, listed or not. */
  keyTotal(): number {
    return this.#keys.total;
  }

  setFilter(filter: Partial<ListFilter>): void {
    this.store.setState(filter);
  }

  /** Shows a session's keys and follows them; undefined: none. */
  readonly choose = (id: string | undefined): void => {
    const session = id === undefined ? undefined : this.#list.get(id);
    this.#keys.clear();
    if (!session) {
      if (this.store.getState().chosen?.state === 'watched') this.#link.send({ type: 'unwatch' });
      this.store.setState({ chosen: undefined });
      return;
    }
    this.#watch(session);
  };

  /** Puts the chosen session's token on screen. Only on a person's explicit wish. */
  async showToken(): Promise<void> {
    const session = this.#watched()?.session;
    if (!session) return;
    this.#setToken({ state: 'asked' });
    const token = await this.askToken(session.id);
    const current = this.#watched();
    if (current?.session.id !== session.id || current.token.state !== 'asked') return;
    this.#setToken(token === undefined ? { state: 'masked' } : { state: 'shown', token });
  }

  hideToken(): void {
    this.#setToken({ state: 'masked' });
  }

  /**
   * Asks for a session's whole token without showing it. Only on a person's explicit wish.
   * @returns undefined when the session is gone or the connection breaks first.
   */
  askToken(id: string): Promise<Token | undefined> {
    if (!this.#link.send({ type: 'reveal', id })) return Promise.resolve(undefined);
    return this.#tokens.ask(id);
  }

  /** Asks for a value of the chosen session that was too long to be listed. */
  loadValue(key: string): void {
    const watched = this.#watched();
    if (!watched || !this.#keys.ask(key)) return;
    if (!this.#link.send({ type: 'value', id: watched.session.id, key })) this.#keys.giveUpAsking();
    this.#tellSoon();
  }

  #onLink(link: LinkState): void {
    this.store.setState({ link });
    if (link.state === 'live') return;
    this.#tokens.giveUp();
    this.#keys.giveUpAsking();
    this.hideToken();
    this.#tellSoon();
  }

  #onEvent(event: InspectionEvent): void {
    switch (event.type) {
      case 'hello':
        this.clock.learn(event.nowMs);
        return;
      case 'sessions':
        this.#onSessions(event);
        break;
      case 'keys':
        this.#onKeys(event);
        break;
      case 'gone':
        if (this.#isWatching(event.id)) this.#lose();
        break;
      case 'token':
        this.#tokens.answer(event.id, event.token ?? undefined);
        return;
      case 'value':
        if (this.#isWatching(event.id)) this.#keys.load(event.key, event.value);
        break;
    }
    this.#tellSoon();
  }

  #onSessions(event: Extract<InspectionEvent, { type: 'sessions' }>): void {
    this.clock.learn(event.nowMs);
    this.#list.apply(event, this.#deps.nowMs());
    this.#followChosen(event.isReset);
  }

  /** Keeps the chosen session up to date with the list. */
  #followChosen(isReset: boolean): void {
    const watched = this.#watched();
    if (!watched) return;
    const listed = this.#list.get(watched.session.id);
    const isWhole = this.#list.listed >= this.#list.totals.sessions;
    // A server that started anew may give an old id to another session.
    const isOther = listed !== undefined && !isSame(listed, watched.session);
    if (isOther || (!listed && isWhole)) this.#lose();
    else if (isReset) this.#watch(listed ?? watched.session);
    else if (listed && listed !== watched.session) {
      this.store.setState({ chosen: { ...watched, session: listed } });
    }
  }

  #onKeys(event: Extract<InspectionEvent, { type: 'keys' }>): void {
    const watched = this.#watched();
    if (watched?.session.id !== event.id) return;
    this.#keys.apply(event, this.#deps.nowMs());
    if (!watched.hasKeys) this.store.setState({ chosen: { ...watched, hasKeys: true } });
  }

  #watch(session: ListedSession): void {
    this.#link.send({ type: 'watch', id: session.id });
    const before = this.#watched();
    const isSameAsBefore = before?.session.id === session.id;
    this.store.setState({
      chosen: {
        state: 'watched',
        session,
        // After a reconnect the keys that were there stay until the new ones come.
        hasKeys: isSameAsBefore && before.hasKeys && this.#keys.rows().length > 0,
        token: { state: 'masked' },
      },
    });
  }

  #lose(): void {
    const watched = this.#watched();
    if (!watched) return;
    this.#keys.clear();
    this.store.setState({
      chosen: { state: 'gone', session: watched.session, goneAtMs: this.#deps.nowMs() },
    });
  }

  #watched(): Extract<Chosen, { state: 'watched' }> | undefined {
    const { chosen } = this.store.getState();
    return chosen?.state === 'watched' ? chosen : undefined;
  }

  #isWatching(id: string): boolean {
    return this.#watched()?.session.id === id;
  }

  #setToken(token: ShownToken): void {
    const watched = this.#watched();
    if (watched) this.store.setState({ chosen: { ...watched, token } });
  }

  #tellSoon(): void {
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    this.#deps.onNextFrame(() => {
      this.#isFramePending = false;
      this.store.setState(({ version }) => ({
        version: version + 1,
        totals: this.#list.totals,
        hasList: this.#list.hasCome,
      }));
    });
  }
}

/** Makes the inspector of the page. It connects when somebody looks. */
export function createInspector(deps: InspectorDeps): Inspector {
  return new Inspector(deps);
}

/** What never changes in a session's life. */
function isSame(a: ListedSession, b: ListedSession): boolean {
  return a.createdAtMs === b.createdAtMs && a.name === b.name && a.maskedToken === b.maskedToken;
}
