import { maxCompared, maxLists } from '../../protocol/inspection/requests.ts';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Change, Gap } from '../store/changes.ts';
import { SessionDelta } from './sessionDelta.ts';
import { SessionFacts } from './sessionFacts.ts';
import type { Watch } from './watch.ts';
import {
  endOf,
  isWatchRequest,
  watchFor,
  type EndRequest,
  type WatchParts,
  type WatchRequest,
} from './watchFor.ts';

/** What there may be several of at a time, by their numbers. */
type Numbered = 'list' | 'compare';

/** Of the others there is one at a time. */
type Kind =
  | 'sessions'
  | 'facts'
  | `${Numbered} ${number}`
  | Exclude<WatchRequest['type'], Numbered>;

const most: Readonly<Record<Numbered, number>> = { list: maxLists, compare: maxCompared };

/** What one inspector watches. */
export class Watches {
  readonly #parts: WatchParts;
  readonly #watches = new Map<Kind, Watch>();
  /** What was asked for, of all but the list of the first sessions. */
  readonly #requests = new Map<Kind, WatchRequest>();

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  get hasChanges(): boolean {
    return [...this.#watches.values()].some(({ hasChanges }) => hasChanges);
  }

  /** The list of the first sessions, which nobody has to ask for. */
  beginWithSessions(): void {
    const { clock, scope } = this.#parts;
    const sessions = new SessionDelta(scope().views);
    this.#set('sessions', {
      get hasChanges() {
        return sessions.hasChanges;
      },
      next: () => sessions.next(clock.nowMs()),
      mark: (change) => sessions.mark(change),
    });
  }

  /** Begins to watch something, in place of what was watched before. */
  begin(request: WatchRequest): void {
    const watch = watchFor(request, this.#parts);
    this.end(request);
    if (request.type === 'watch')
      this.#set('facts', new SessionFacts(this.#parts.scope().views, request.id));
    this.#set(kindOf(request), watch);
    this.#requests.set(kindOf(request), request);
    if (request.type === 'list' || request.type === 'compare') this.#endOldest(request.type);
  }

  /** Ends what a request asks to end, or what it asks to watch and may not. */
  end(request: WatchRequest | EndRequest): void {
    this.#endKind(kindOf(request));
  }

  /** Ends all. @returns What had been asked for, in that order. */
  takeRequests(): WatchRequest[] {
    const requests = [...this.#requests.values()];
    this.endAll();
    return requests;
  }

  endAll(): void {
    for (const watch of this.#watches.values()) watch.close?.();
    this.#watches.clear();
    this.#requests.clear();
  }

  mark(change: Change | Gap): void {
    for (const watch of this.#watches.values()) watch.mark?.(change);
  }

  /** Sends what each has to say now. */
  async sendEach(send: (event: InspectionEvent) => void): Promise<void> {
    for (const [kind, watch] of this.#watches) {
      if (!watch.hasChanges) continue;
      const event = await watch.next();
      // In between another may have been asked for.
      if (!event || this.#watches.get(kind) !== watch) continue;
      if (event.type === 'gone') this.#endKind(kind);
      const startedMs = performance.now();
      send(event);
      watch.noteSent?.(performance.now() - startedMs);
    }
  }

  #endOldest(type: Numbered): void {
    const all = [...this.#watches.keys()].filter((each) => each.startsWith(`${type} `));
    for (const oldest of all.slice(0, -most[type])) this.#set(oldest, undefined);
  }

  #endKind(kind: Kind): void {
    this.#set(kind, undefined);
    if (kind === 'watch') this.#set('facts', undefined);
  }

  #set(kind: Kind, watch: Watch | undefined): void {
    this.#watches.get(kind)?.close?.();
    this.#watches.delete(kind);
    this.#requests.delete(kind);
    if (watch) this.#watches.set(kind, watch);
  }
}

function kindOf(request: WatchRequest | EndRequest): Kind {
  const { type } = request;
  if (type === 'list' || type === 'unlist') return `list ${request.number}`;
  if (type === 'compare' || type === 'uncompare') return `compare ${request.number}`;
  return isWatchRequest(request) ? request.type : endOf[request.type];
}
