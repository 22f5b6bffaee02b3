import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import {
  maxOpenGroups,
  maxRows,
  type SessionQuery,
  type SessionSummary,
} from '../../../protocol/inspection/sessionLists.ts';
import type { ReadingPosition } from '../../ui/virtualList/readingPosition.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';
import { readContent } from './contentQuery.ts';
import { askRows, type ListRange } from './askRows.ts';
import { KnownSummaries } from './knownSummaries.ts';
import { itemsOf } from './listItems.ts';
import { firstView, type ListView, type Search } from './listView.ts';
import { Selection } from './selection.ts';

type RowsEvent = Extract<InspectionEvent, { type: 'rows' }>;

/** The rows on screen, and the row that must not move; absent: the list is at its top. */
export interface Visible {
  readonly first: number;
  readonly last: number;
  readonly anchorId?: string | undefined;
}

/** Rows asked for at least. */
const minCount = 60;

/** A question that was asked. */
interface Asked {
  readonly number: number;
  readonly query: SessionQuery;
  readonly count: number;
  isAnswered: boolean;
}

/** The sessions of a server as a person wants to see them. Only the rows around those on screen are here. */
export class SessionList implements InspectionPart {
  readonly store: StoreApi<ListView>;
  /** Where the reader is; kept while another view is shown. */
  position: ReadingPosition<string> = { isFollowing: true };
  /** A session that is to be shown as soon as its place is known. */
  soughtId: string | undefined;
  /** Sessions for one action. */
  readonly selection = new Selection(this);
  readonly #inspector: Inspector;
  readonly #frames: FrameStore<ListView>;
  readonly #known: KnownSummaries;
  #visible: Visible = { first: 0, last: 0 };
  #asked: Asked | undefined;
  /** Something else is to be asked when the question before has been answered. */
  #mustAsk = false;

  constructor(inspector: Inspector) {
    this.#inspector = inspector;
    this.#frames = new FrameStore(firstView, inspector.onNextFrame);
    this.store = this.#frames.store;
    this.#known = new KnownSummaries(inspector.nowMs);
  }

  /** Asks for rows, and for all changes of them. @returns Ends that. */
  open(): () => void {
    const close = this.#inspector.add(this);
    return () => {
      close();
      this.#end();
    };
  }

  /** Shows another list, from its top; the rows of before stay until the new ones come. */
  show(query: Partial<SessionQuery>): void {
    this.position = { isFollowing: true };
    this.#visible = { first: 0, last: this.#visible.last - this.#visible.first };
    const next = { ...this.#frames.latest().query, ...query };
    const news = { isBusy: true, refused: undefined, isCancelled: false, areEndedShown: false };
    this.#frames.changeNow({ query: next, ...news });
    this.#askSoon();
  }

  showEnded(areEndedShown: boolean): void {
    this.#frames.changeNow({ areEndedShown });
  }

  /** Opens a group of sessions, or closes it; the reader stays where they are. */
  toggleGroup(name: string): void {
    const { query } = this.#frames.latest();
    const { open = [] } = query;
    const others = open.filter((each) => each !== name);
    const isOpen = others.length < open.length;
    this.#openGroups(isOpen ? others : [...others.slice(1 - maxOpenGroups), name]);
  }

  closeGroups(): void {
    this.#openGroups([]);
  }

  #openGroups(open: readonly string[]): void {
    const { query } = this.#frames.latest();
    this.#frames.changeNow({ query: { ...query, open: [...open] }, isBusy: true });
    this.#askSoon();
  }

  /** Names are searched at once; keys and values, which takes longer, when {@link searchContent} says so. */
  search(search: Search): void {
    this.#frames.changeNow({ search });
    const { find, content } = this.#frames.latest().query;
    const wanted = search.where === 'names' ? search.text : '';
    if (wanted !== find || (content && search.where === 'names')) {
      this.show({ find: wanted, content: undefined });
    }
  }

  /** Searches keys and values for what stands in the search field. */
  searchContent(): void {
    const { text } = this.#frames.latest().search;
    this.show({ find: '', content: text.trim() === '' ? undefined : readContent(text) });
  }

  /** Ends the search in keys and values. */
  cancelSearch(): void {
    this.show({ content: undefined });
    this.#frames.changeNow({ isCancelled: true });
  }

  /** Shows all sessions again. */
  showAll(): void {
    this.search({ text: '', where: 'names' });
    this.show({ prefix: undefined });
  }

  /** These rows are on screen: those around them are asked for when some are not here. */
  look(visible: Visible): void {
    const { isBusy, seen } = this.#frames.latest();
    if (this.soughtId !== undefined || isBusy) return;
    const { first, last } = visible;
    this.#visible = visible;
    if (seen[0] !== first || seen[1] !== last) this.#frames.change({ seen: [first, last] });
    if (!this.#covers(visible)) this.#askSoon();
  }

  /** Looks for the place of a session; undefined: for none any more. */
  seek(id: string | undefined): void {
    const isNew = id !== undefined && id !== this.soughtId;
    this.soughtId = id;
    if (isNew) this.#askSoon();
  }

  /** When a row changed, if that was a moment ago. */
  freshAt(id: string): number | undefined {
    return this.#known.freshAt(id);
  }

  /**
   * Asks once for rows of this list.
   * @returns Only sessions; empty when the server cannot be asked.
   */
  async ask(range: ListRange): Promise<readonly SessionSummary[]> {
    const { query } = this.#frames.latest();
    const answer = await askRows(this.#inspector, { ...query, ...range });
    return answer?.changed ?? [];
  }

  receive(event: InspectionEvent): void {
    const asked = this.#asked;
    if (event.type === 'rows' && event.number === asked?.number) this.#take(event);
    if (event.type !== 'refused' || event.request !== 'list') return;
    if (!asked || event.number !== asked.number) return;
    asked.isAnswered = true;
    this.#frames.change({ refused: event.right ?? null, isBusy: false, loaded: undefined });
  }

  onLive(): void {
    this.#ask();
  }

  onLost(): void {
    this.#asked = undefined;
    const { status } = this.#inspector.store.getState();
    // Without access, clear what is shown.
    if (status.state === 'needsKey' || status.state === 'off') this.#forget();
  }

  #forget(): void {
    this.#known.clear();
    this.#frames.changeNow({ loaded: undefined, isBusy: true });
  }

  #take(event: RowsEvent): void {
    const { groups = [], ids, changed, number: _, type: __, nowMs: ___, ...rest } = event;
    const isFirst = this.#asked?.isAnswered === false;
    if (this.#asked) this.#asked.isAnswered = true;
    // What a search finds is no change.
    const isFound = this.#frames.latest().query.content !== undefined;
    this.#known.take({ ids, changed, isFirst: isFirst || isFound });
    const { loaded: before, query } = this.#frames.latest();
    const asked = this.#asked?.query ?? query;
    const items = itemsOf({ groups, sessions: this.#sessionsOf(ids), query: asked }, before?.items);
    const loaded = { ...rest, items };
    const isBusy = asked !== query;
    this.#frames.change({ loaded, isBusy, refused: undefined });
    if (isFirst) this.#endSeeking(ids);
    if (this.#mustAsk) this.#ask();
  }

  #sessionsOf(ids: readonly string[]): SessionSummary[] {
    return ids.flatMap((id) => this.#known.get(id) ?? []);
  }

  /** What is not among the rows around it does not match. */
  #endSeeking(ids: readonly string[]): void {
    if (!ids.includes(this.soughtId ?? '')) this.soughtId = undefined;
  }

  /** Whether all rows on screen are here. */
  #covers({ first, last }: Visible): boolean {
    const { loaded } = this.#frames.latest();
    if (!this.#asked || !loaded) return false;
    const end = loaded.from + this.#asked.count;
    return first >= loaded.from && (last < end || end >= loaded.length);
  }

  /** One question at a time: what comes while it is being answered is asked after it. */
  #askSoon(): void {
    if (this.#asked && !this.#asked.isAnswered) this.#mustAsk = true;
    else this.#ask();
  }

  #ask(): void {
    this.#mustAsk = false;
    const { first, last, anchorId } = this.#visible;
    const rows = Math.max(1, last - first + 1);
    const count = Math.min(maxRows, Math.max(minCount, 3 * rows));
    const before = Math.floor((count - rows) / 2);
    const from = Math.max(0, first - before);
    const heldId = this.soughtId ?? (this.#known.get(anchorId ?? '') ? anchorId : undefined);
    const anchor =
      heldId === undefined ? undefined : { id: heldId, before: Math.min(first, before) };
    const number = this.#inspector.newNumber();
    const { query } = this.#frames.latest();
    const isAsked = this.#inspector.ask({ type: 'list', ...query, number, from, count, anchor });
    // After the new one: what the server has sorted is still of use.
    this.#end();
    this.#asked = isAsked ? { number, query, count, isAnswered: false } : undefined;
  }

  #end(): void {
    if (this.#asked) this.#inspector.ask({ type: 'unlist', number: this.#asked.number });
    this.#asked = undefined;
    this.#mustAsk = false;
  }
}

const lists = new WeakMap<Inspector, SessionList>();

/** The list of an inspector: one, so that a person finds it as it was left. */
export function sessionListOf(inspector: Inspector): SessionList {
  const list = lists.get(inspector) ?? new SessionList(inspector);
  lists.set(inspector, list);
  return list;
}
