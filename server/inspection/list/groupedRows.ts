import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import { eachAtInTime, eachInTime } from '../../turns.ts';
import {
  directed,
  FlatRows,
  type GroupRow,
  type PlacedGroup,
  type Rows,
  type SomeRows,
} from './flatRows.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { SortedNumbers, type KeyOf } from './sortedNumbers.ts';

/** What groups are made of. */
export interface GroupedParts {
  readonly columns: SessionColumns;
  readonly query: SessionQuery;
  /** Empty: all sessions are in no group. */
  readonly separator: string;
}

/**
 * A tree: groups by the beginning of their names, then the sessions that are in none. What is in an open group
 * comes right after it, in the same order.
 */
export class GroupedRows implements Rows {
  readonly #parts: GroupedParts;
  readonly #columns: SessionColumns;
  readonly #query: SessionQuery;
  readonly #separator: string;
  readonly #prefixLength: number;
  readonly #open: ReadonlySet<string>;
  /** What is in the open groups, by the number of the group. */
  readonly #inside = new Map<number, GroupedRows>();
  readonly #rest: FlatRows;
  readonly #sorted: SortedNumbers;
  readonly #byName = new Map<string, number>();
  /** Of each group, by its number. */
  readonly #names: string[] = [];
  readonly #sessions: number[] = [];
  readonly #keys: number[] = [];
  readonly #bytes: number[] = [];
  readonly #free: number[] = [];
  readonly #ungrouped = { sessions: 0, keys: 0, bytes: 0 };
  readonly #total = { sessions: 0, keys: 0, bytes: 0 };

  /** @param open Names of the groups that are open, wherever they are in the tree. */
  constructor(parts: GroupedParts, open: ReadonlySet<string>) {
    const { columns, query, separator } = parts;
    this.#parts = parts;
    this.#columns = columns;
    this.#query = query;
    this.#separator = separator;
    this.#open = open;
    this.#prefixLength = query.prefix?.length ?? 0;
    this.#rest = new FlatRows(columns, query);
    this.#sorted = new SortedNumbers(this.#keyOf(query.sort));
  }

  get length(): number {
    return this.#lengthOfGroups + this.#rest.length;
  }

  /** All sessions, in groups or not. */
  get total(): Omit<GroupRow, 'name'> {
    return this.#total;
  }

  get groupCount(): number {
    return this.#sorted.size;
  }

  /** The sessions that are in no group. */
  get ungrouped(): GroupRow {
    return { name: this.#query.prefix ?? '', ...this.#ungrouped };
  }

  *fill(numbers: LongNumbers): Steps<void> {
    const [groups, rest] = [new LongNumbers(0), new LongNumbers(0)];
    const inside = new Map<number, LongNumbers>();
    yield* eachAtInTime(numbers, (number) => {
      const group = this.#groupOf(number);
      if (group === undefined) rest.push(number);
      else if (this.#inside.has(group)) pushTo(inside, group, number);
      this.#count(group, number, 1);
    });
    for (const [group, own] of inside) yield* this.#inside.get(group)?.fill(own) ?? [];
    yield* eachInTime(this.#byName.values(), (group) => groups.push(group));
    yield* this.#sorted.fill(groups);
    yield* this.#rest.fill(rest);
  }

  isMovedBy(session: ListedSession, operations: number): boolean {
    const { keys, bytes } = this.#columns;
    const { number, keyCount } = session;
    if (keys.at(number) !== keyCount || bytes.at(number) !== session.bytes) return true;
    return this.#rest.isMovedBy(session, operations);
  }

  insert(number: number): void {
    this.#change(number, 1);
  }

  remove(number: number): void {
    this.#change(number, -1);
  }

  slice(from: number, count: number): SomeRows {
    const found = new Found(from, count);
    this.#addTo(found);
    return found;
  }

  #addTo(found: Found): void {
    const groups = directed(this.#sorted, this.#query);
    const rowsOf = (from: number, count: number) =>
      groups.slice(from, count).map((group) => this.#rowOf(group));
    let next = 0;
    for (const { at, rows } of this.#openInOrder()) {
      found.addGroups(at + 1 - next, (from, count) => rowsOf(next + from, count));
      next = at + 1;
      if (!found.skips(rows.length)) rows.#addTo(found);
    }
    found.addGroups(this.#sorted.size - next, (from, count) => rowsOf(next + from, count));
    found.addSessions(this.#rest.length, (from, count) => this.#rest.slice(from, count).numbers);
  }

  positionOf(number: number): number | undefined {
    const group = this.#groupOf(number);
    if (group === undefined) return this.#lengthOfGroups + this.#rest.positionOf(number);
    const inside = this.#inside.get(group)?.positionOf(number);
    if (inside === undefined) return undefined;
    const at = this.#placeOf(group);
    let before = 0;
    for (const open of this.#openInOrder()) if (open.at < at) before += open.rows.length;
    return at + 1 + before + inside;
  }

  get #lengthOfGroups(): number {
    let length = this.#sorted.size;
    for (const rows of this.#inside.values()) length += rows.length;
    return length;
  }

  /** The open groups: where each is among the groups, and what is in it. */
  #openInOrder(): { readonly at: number; readonly rows: GroupedRows }[] {
    return [...this.#inside]
      .map(([group, rows]) => ({ at: this.#placeOf(group), rows }))
      .sort((one, other) => one.at - other.at);
  }

  #placeOf(group: number): number {
    const at = this.#sorted.positionOf(group);
    return this.#query.descending ? this.#sorted.size - 1 - at : at;
  }

  #change(number: number, sign: 1 | -1): void {
    const group = this.#groupOf(number);
    if (group === undefined) {
      if (sign === 1) this.#rest.insert(number);
      else this.#rest.remove(number);
      this.#count(group, number, sign);
      return;
    }
    if ((this.#sessions[group] ?? 0) > 0) this.#sorted.remove(group);
    if (sign === 1) this.#inside.get(group)?.insert(number);
    else this.#inside.get(group)?.remove(number);
    this.#count(group, number, sign);
    if ((this.#sessions[group] ?? 0) > 0) this.#sorted.insert(group);
    else this.#drop(group);
  }

  #count(group: number | undefined, number: number, sign: 1 | -1): void {
    const keys = this.#columns.keys.at(number) * sign;
    const bytes = this.#columns.bytes.at(number) * sign;
    for (const sums of group === undefined ? [this.#total, this.#ungrouped] : [this.#total]) {
      sums.sessions += sign;
      sums.keys += keys;
      sums.bytes += bytes;
    }
    if (group === undefined) return;
    this.#sessions[group] = (this.#sessions[group] ?? 0) + sign;
    this.#keys[group] = (this.#keys[group] ?? 0) + keys;
    this.#bytes[group] = (this.#bytes[group] ?? 0) + bytes;
  }

  /** The group of a session, made if there is none yet; undefined: it is in none. */
  #groupOf(number: number): number | undefined {
    if (this.#separator === '') return undefined;
    const name = this.#columns.names.at(number);
    const at = name.indexOf(this.#separator, this.#prefixLength);
    if (at < 0) return undefined;
    const begin = name.slice(0, at + this.#separator.length);
    const known = this.#byName.get(begin);
    if (known !== undefined) return known;
    const group = this.#free.pop() ?? this.#names.length;
    this.#names[group] = begin;
    this.#sessions[group] = 0;
    this.#keys[group] = 0;
    this.#bytes[group] = 0;
    this.#byName.set(begin, group);
    if (this.#open.has(begin)) this.#inside.set(group, this.#newInside(begin));
    return group;
  }

  #newInside(prefix: string): GroupedRows {
    const { query } = this.#parts;
    return new GroupedRows({ ...this.#parts, query: { ...query, prefix } }, this.#open);
  }

  #drop(group: number): void {
    this.#byName.delete(this.#names[group] ?? '');
    this.#inside.delete(group);
    this.#free.push(group);
  }

  #keyOf(sort: SessionQuery['sort']): KeyOf {
    switch (sort) {
      case 'name':
        return (group) => this.#names[group] ?? '';
      case 'keys':
        return (group) => this.#keys[group] ?? 0;
      case 'bytes':
        return (group) => this.#bytes[group] ?? 0;
      case 'created':
      case 'changed':
      case 'operations':
      case 'expires':
        return (group) => this.#sessions[group] ?? 0;
    }
  }

  #rowOf(group: number): GroupRow {
    return {
      name: this.#names[group] ?? '',
      sessions: this.#sessions[group] ?? 0,
      keys: this.#keys[group] ?? 0,
      bytes: this.#bytes[group] ?? 0,
    };
  }
}

function pushTo(lists: Map<number, LongNumbers>, at: number, number: number): void {
  const list = lists.get(at) ?? new LongNumbers(0);
  if (list.length === 0) lists.set(at, list);
  list.push(number);
}

/** Collects the rows of a slice, run by run. */
class Found implements SomeRows {
  readonly groups: PlacedGroup[] = [];
  readonly numbers: number[] = [];
  /** Rows before the slice, and rows that it still wants. */
  #skip: number;
  #left: number;

  constructor(from: number, count: number) {
    this.#skip = from;
    this.#left = count;
  }

  /** Passes over a run that is not in the slice. @returns Whether it is not. */
  skips(length: number): boolean {
    if (this.#left > 0 && length > this.#skip) return false;
    this.#skip = Math.max(0, this.#skip - length);
    return true;
  }

  addGroups(length: number, read: (from: number, count: number) => readonly GroupRow[]): void {
    if (this.skips(length)) return;
    const at = this.groups.length + this.numbers.length;
    const groups = read(this.#skip, Math.min(this.#left, length - this.#skip));
    this.#take(groups.length);
    this.groups.push(...groups.map((group, index) => ({ ...group, at: at + index })));
  }

  addSessions(length: number, read: (from: number, count: number) => readonly number[]): void {
    if (this.skips(length)) return;
    const numbers = read(this.#skip, Math.min(this.#left, length - this.#skip));
    this.#take(numbers.length);
    this.numbers.push(...numbers);
  }

  #take(count: number): void {
    this.#skip = 0;
    this.#left -= count;
  }
}
