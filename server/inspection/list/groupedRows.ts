import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import { eachInTime } from '../../turns.ts';
import { directed, FlatRows, type GroupRow, type Rows, type SomeRows } from './flatRows.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { SortedNumbers, type KeyOf } from './sortedNumbers.ts';

/** Groups by the beginning of their names, then the sessions that are in none; all are in none without a separator. */
export class GroupedRows implements Rows {
  readonly #columns: SessionColumns;
  readonly #query: SessionQuery;
  readonly #separator: string;
  readonly #prefixLength: number;
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

  constructor(columns: SessionColumns, query: SessionQuery, separator: string) {
    this.#columns = columns;
    this.#query = query;
    this.#separator = separator;
    this.#prefixLength = query.prefix?.length ?? 0;
    this.#rest = new FlatRows(columns, query);
    this.#sorted = new SortedNumbers(this.#keyOf(query.sort));
  }

  get length(): number {
    return this.#sorted.size + this.#rest.length;
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
    yield* eachInTime(numbers, (number) => {
      const group = this.#groupOf(number);
      if (group === undefined) rest.push(number);
      this.#count(group, number, 1);
    });
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
    const groups = directed(this.#sorted, this.#query).slice(from, count);
    const left = count - groups.length;
    const { numbers } = this.#rest.slice(Math.max(0, from - this.#sorted.size), left);
    return { groups: groups.map((group) => this.#rowOf(group)), numbers };
  }

  positionOf(number: number): number | undefined {
    const isGrouped = this.#groupOf(number) !== undefined;
    return isGrouped ? undefined : this.#sorted.size + this.#rest.positionOf(number);
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
    return group;
  }

  #drop(group: number): void {
    this.#byName.delete(this.#names[group] ?? '');
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
