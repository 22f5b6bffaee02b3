import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import { maxRows, type SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';
import { texts } from './texts.ts';

/** A member of a key's value, and the value that sessions are to have there. */
export interface Member {
  readonly key: string;
  /** A JSON path over the value of the key. */
  readonly path: string;
  /** As JSON. */
  readonly value: string;
}

/** Why sessions cannot be searched for, by the field. */
export type MemberFaults = { readonly [Field in keyof Member]?: string };

export function faultsOf({ key, path, value }: Member): MemberFaults {
  const json = readJson(value);
  return {
    ...(key === '' && { key: texts.keyMissing }),
    ...(!path.startsWith('$') && { path: texts.pathWrong }),
    ...(!json.ok && { value: texts.valueWrong }),
  };
}

export type Found =
  | { readonly state: 'none' }
  | { readonly state: 'searching' }
  | {
      readonly state: 'found';
      /** The first of them, the newest first. */
      readonly sessions: readonly SessionSummary[];
      readonly matching: number;
      /** Sessions that were looked at so far; absent: all were. */
      readonly looked: number | undefined;
      readonly all: number;
      readonly stopped: Extract<InspectionEvent, { type: 'rows' }>['stopped'];
    }
  | { readonly state: 'refused'; readonly right: Right | undefined };

/** Sessions with the same value in one member, live. */
export class SameValueSearch implements InspectionPart {
  readonly store: StoreApi<{ readonly found: Found }>;
  readonly #frames: FrameStore<{ readonly found: Found }>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add' | 'newNumber'>;
  readonly #known = new Map<string, SessionSummary>();
  #member: Member | undefined;
  #number: number | undefined;

  constructor(inspector: Pick<Inspector, 'ask' | 'add' | 'newNumber' | 'onNextFrame'>) {
    this.#inspector = inspector;
    this.#frames = new FrameStore({ found: { state: 'none' } }, inspector.onNextFrame);
    this.store = this.#frames.store;
  }

  /** @returns Ends the search. */
  open(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#end();
    };
  }

  /** To be called when there are no {@link faultsOf} the member. */
  search(member: Member): void {
    this.#member = member;
    this.#ask();
  }

  onLive(): void {
    this.#ask();
  }

  receive(event: InspectionEvent): void {
    if (!('number' in event) || event.number !== this.#number) return;
    if (event.type === 'rows') this.#take(event);
    if (event.type === 'refused') {
      this.#frames.change({ found: { state: 'refused', right: event.right } });
    }
  }

  #ask(): void {
    if (!this.#member) return;
    this.#end();
    const { key, path, value } = this.#member;
    const json = value.trim() as JsonText; // It was read as JSON.
    const content = {
      key,
      text: undefined,
      path,
      condition: { operator: '==' as const, value: json },
    };
    this.#number = this.#inspector.newNumber();
    this.#known.clear();
    this.#frames.changeNow({ found: { state: 'searching' } });
    this.#inspector.ask({
      type: 'list',
      number: this.#number,
      sort: 'created',
      descending: true,
      find: '',
      content,
      prefix: undefined,
      separator: undefined,
      from: 0,
      count: maxRows,
      anchor: undefined,
    });
  }

  #end(): void {
    if (this.#number !== undefined) this.#inspector.ask({ type: 'unlist', number: this.#number });
    this.#number = undefined;
  }

  #take({
    ids,
    changed,
    matching,
    looked,
    all,
    stopped,
  }: Extract<InspectionEvent, { type: 'rows' }>) {
    for (const session of changed) this.#known.set(session.id, session);
    const sessions = ids.flatMap((id) => this.#known.get(id) ?? []);
    this.#frames.change({
      found: { state: 'found', sessions, matching, looked, all, stopped },
    });
  }
}
