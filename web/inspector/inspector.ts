import type { StoreApi } from 'zustand/vanilla';
import {
  maxListedSessions,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import { fullRights, type Rights } from '../../protocol/inspection/rights.ts';
import type { Token } from '../../protocol/token.ts';
import { FrameStore } from './frameStore.ts';
import type { InspectionPart } from './inspectionPart.ts';
import { InspectionLink, type InspectorDeps } from './inspectionLink.ts';
import {
  chosen,
  emptyView,
  followedId,
  withNews,
  type InspectorState,
  type InspectorView,
} from './inspectorView.ts';
import { OrderedItems } from './orderedItems.ts';
import { recentChange } from './recentChange.ts';
import { notAnswered, SessionQuestions } from './sessionQuestions.ts';
import { WatchedKeys, type WantedKeys } from './watchedKeys.ts';

type EventOf<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>;

/** Every session of the server, live, without touching any: the list, and the keys of one. */
export class Inspector {
  /** Pushed changes arrive here once a frame at most. */
  readonly store: StoreApi<InspectorView>;
  /** Runs something with the next frame of the page. */
  readonly onNextFrame: InspectorDeps['onNextFrame'];
  readonly questions: SessionQuestions;
  readonly #frames: FrameStore<InspectorView>;
  readonly #deps: InspectorDeps;
  readonly #link: InspectionLink;
  readonly #sessions = new OrderedItems<SessionSummary>(({ id }) => id, maxListedSessions);
  readonly #keys = new WatchedKeys();
  readonly #parts = new Set<InspectionPart>();
  /** The session whose token is to be shown. */
  #revealedId: string | undefined;
  #lastNumber = 0;
  #serverAheadMs = 0;

  constructor(deps: InspectorDeps) {
    this.#deps = deps;
    this.onNextFrame = deps.onNextFrame;
    this.#frames = new FrameStore(emptyView, deps.onNextFrame);
    this.store = this.#frames.store;
    this.#link = new InspectionLink(deps, {
      onState: (state) => this.#enter(state),
      onEvent: (event) => this.#receive(event),
    });
    this.questions = new SessionQuestions(this.#link);
  }

  /** Connects; from then on it stays connected or says why not. */
  start(): void {
    if (this.#frames.latest().status.state === 'idle') this.#link.open();
  }

  /** Ends everything; the inspector cannot be used again. */
  dispose(): void {
    this.#link.close();
    this.questions.drop();
    this.#frames.drop();
  }

  /** The server may be there again: tries now what would be tried later. */
  retry(): void {
    this.#link.forgetFailures();
    if (['retrying', 'off'].includes(this.#frames.latest().status.state)) this.#link.open();
  }

  /** Connects with the inspection key. It stays in memory, for connecting again. */
  useKey(key: string): void {
    this.#link.openWithKey(key);
  }

  /**
   * Lets a view take part in what the server pushes.
   * @returns Ends that.
   */
  add(part: InspectionPart): () => void {
    this.#parts.add(part);
    if (this.#isLive) part.onLive?.();
    return () => {
      this.#parts.delete(part);
    };
  }

  /** @returns false when there is no connection: ask again in `onLive` of {@link InspectionPart}. */
  readonly ask = (request: InspectionRequest): boolean => this.#link.send(request);

  /** A number that no other question of this page has. */
  newNumber = (): number => (this.#lastNumber += 1);

  /** The newest ones, in the order of their creation; the same array until something changes. */
  sessions(): readonly SessionSummary[] {
    return this.#sessions.list();
  }

  /** Listed keys of the watched session, in its order; the same array until something changes. */
  keys(): readonly KeyEntry[] {
    return this.#keys.list();
  }

  /** Whether the text of a long value is on its way. */
  isLoading(key: string): boolean {
    return this.#keys.isLoading(key);
  }

  /** Lists other keys of the watched session. While others are on their way, only a key that is sought waits for them. */
  listKeys(wanted: WantedKeys): void {
    const id = followedId(this.#frames.latest());
    if (id === undefined) return;
    if (this.#keys.isListing) this.#keys.seekLater(wanted);
    else this.#keys.ask(this.ask, id, { wanted });
  }

  /** When a listed key changed, if that was a moment ago. */
  freshKey(key: string): number | undefined {
    return recentChange(this.#keys.changedAtMs(key), this.nowMs());
  }

  /** Unix time in milliseconds by the clock of this page: that of `retryAtMs`. */
  readonly nowMs = (): number => this.#deps.nowMs();

  /** Unix time in milliseconds by the server's clock. */
  readonly serverNowMs = (): number => this.#deps.nowMs() + this.#serverAheadMs;

  /**
   * Chooses the session whose keys are followed; undefined ends that.
   * @param known What is known of it already: it is shown at once.
   */
  watch(id: string | undefined, known = this.#sessions.get(id ?? '')): void {
    const followed = followedId(this.#frames.latest());
    if (id !== undefined && id === followed) return;
    this.#forgetKeys();
    this.#dropToken();
    if (id !== undefined) this.#keys.ask(this.ask, id, { totalKeys: known?.keyCount });
    else if (followed !== undefined) this.#link.send({ type: 'unwatch' });
    this.#frames.changeNow(chosen(id, known));
  }

  /** Asks for the watched session's token and shows it. Only when a person asks for it. */
  reveal(): void {
    const { watched } = this.#frames.latest();
    if (!watched) return;
    this.#revealedId = watched.id;
    void this.askToken().then((token) => {
      const { watched: now } = this.#frames.latest();
      if (token === undefined || now?.id !== watched.id || this.#revealedId !== now.id) return;
      this.#frames.change({ watched: { ...now, token } });
    });
  }

  /** Forgets the revealed token. */
  hide(): void {
    this.#dropToken();
    this.#frames.flush();
  }

  /**
   * The watched session's token, without showing it. Only when a person asks for it.
   * @returns undefined when the session is gone or the connection is.
   */
  async askToken(): Promise<Token | undefined> {
    const { watched } = this.#frames.latest();
    if (!watched || watched.isGone) return undefined;
    return watched.token ?? this.questions.askToken(watched.id);
  }

  /** Asks for a value that was too long to list. */
  loadValue(key: string): void {
    const { watched } = this.#frames.latest();
    if (!watched || this.#keys.isLoading(key)) return;
    if (!this.#link.send({ type: 'value', id: watched.id, key })) return;
    this.#keys.startLoading(key);
    this.#changeKeys({});
  }

  get #isLive(): boolean {
    return this.#frames.latest().status.state === 'live';
  }

  #enter(status: InspectorState): void {
    if (this.#isLive) for (const part of this.#parts) part.onLost?.();
    this.questions.drop();
    this.#dropToken();
    this.#keys.drop();
    // Without access, clear what is shown.
    if (status.state === 'needsKey' || status.state === 'off') this.#forgetAll();
    this.#frames.changeNow({ status, store: undefined });
  }

  #forgetAll(): void {
    this.#sessions.clear();
    this.#forgetKeys();
    const sessionsVersion = this.#frames.latest().sessionsVersion + 1;
    const nothing = { totalSessions: 0, totalKeys: 0, watched: undefined, opening: undefined };
    this.#frames.change({ ...nothing, sessionsVersion });
  }

  #receive(event: InspectionEvent): void {
    this.questions.receive(event);
    for (const part of this.#parts) part.receive(event);
    if (event.type === 'hello') this.#greet(event);
    if (event.type === 'rights') this.#takeRights(event);
    if (event.type === 'store') this.#frames.change({ store: event });
    if (event.type === 'sessions') this.#takeSessions(event);
    if ('id' in event) this.#receiveOfOne(event);
  }

  #receiveOfOne(event: Extract<InspectionEvent, { id?: string | undefined }>): void {
    if (event.type === 'session' || event.type === 'gone') {
      this.#frames.change(withNews(this.#frames.latest(), event));
    }
    if (event.id === this.#frames.latest().watched?.id) this.#receiveOfWatched(event);
  }

  #receiveOfWatched(event: InspectionEvent): void {
    if (event.type === 'keys' && event.number === undefined) this.#takeKeys(event);
    if (event.type === 'gone') this.#markGone();
    if (event.type === 'value') this.#takeValue(event);
    const question = notAnswered(event);
    if (question?.type === 'value') this.#takeValue({ key: question.key ?? '' });
  }

  #greet({ nowMs, serverVersion, store, ...hello }: EventOf<'hello'>): void {
    const { maxPayloadBytes, rights = fullRights } = hello;
    this.#serverAheadMs = nowMs - this.#deps.nowMs();
    this.#frames.change({ server: { version: serverVersion, maxPayloadBytes }, store });
    this.#takeRights(rights);
  }

  #takeRights({ may, prefix }: Rights): void {
    this.#frames.change({ rights: { may, prefix } });
    // Without this right no list comes.
    if (!may.includes('look')) this.#forgetAll();
    if (!may.includes('look') && !this.#isLive) this.#goLive();
  }

  #takeSessions(event: EventOf<'sessions'>): void {
    this.#serverAheadMs = event.nowMs - this.#deps.nowMs();
    this.#sessions.apply(event, this.nowMs());
    const { sessionsVersion } = this.#frames.latest();
    const { totalSessions, totalKeys } = event;
    this.#frames.change({ totalSessions, totalKeys, sessionsVersion: sessionsVersion + 1 });
    if (!this.#isLive) this.#goLive();
  }

  #goLive(): void {
    this.#link.proveGood();
    this.#frames.change({ status: { state: 'live' } });
    const id = followedId(this.#frames.latest());
    if (id !== undefined) this.#keys.ask(this.ask, id);
    for (const part of this.#parts) part.onLive?.();
  }

  #takeKeys(event: EventOf<'keys'>): void {
    const { watched } = this.#frames.latest();
    if (watched?.id !== event.id || watched.isGone) return;
    const sought = this.#keys.take(event, this.nowMs());
    if (sought) this.listKeys(sought);
    const known = { totalKeys: event.totalKeys, keysFrom: this.#keys.from, areKeysKnown: true };
    this.#changeKeys({ watched: { ...watched, ...known } });
  }

  #takeValue({ key, value }: Pick<EventOf<'value'>, 'key' | 'value'>): void {
    this.#keys.takeValue({ key, value });
    this.#changeKeys({});
  }

  #markGone(): void {
    this.#dropToken();
    this.#forgetKeys();
    const { watched } = this.#frames.latest();
    if (watched) this.#frames.change({ watched: { ...watched, isGone: true, totalKeys: 0 } });
  }

  #dropToken(): void {
    this.#revealedId = undefined;
    const { watched } = this.#frames.latest();
    if (watched?.token) this.#frames.change({ watched: { ...watched, token: undefined } });
  }

  #forgetKeys(): void {
    this.#keys.clear();
    this.#changeKeys({});
  }

  #changeKeys(more: Partial<InspectorView>): void {
    this.#frames.change({ ...more, keysVersion: this.#frames.latest().keysVersion + 1 });
  }
}
