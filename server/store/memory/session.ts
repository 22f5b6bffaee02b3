import type { Token } from '../../../protocol/token.ts';
import { bytesOfText, detachText } from '../detachText.ts';
import type { Extension } from '../newSession.ts';
import { KeyMap, noBlock, type KeysPlace } from './keyMap.ts';
import type { LargeKeys } from './largeKeys.ts';
import type { PackedKeys } from './packedKeys.ts';
import { floats, states, words, type SessionRows } from './sessionRows.ts';
import type { SessionTerm, Term } from './termRows.ts';
import { TokenBits, tokenOfWords } from './tokenBits.ts';
import { bytesOfSession } from './usage.ts';

/** What of a session never changes. */
export interface SessionBirth {
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly createdAtMs: number;
  readonly extension?: Extension | undefined;
}

const bits = new TokenBits();

/** One for each kind, as they are asked for with each command. */
const extensions: readonly Extension[] = [
  { onSetAdd: false, onGet: false },
  { onSetAdd: true, onGet: false },
  { onSetAdd: false, onGet: true },
  { onSetAdd: true, onGet: true },
];

/**
 * A session as the memory store keeps it: reads and writes its row. Made whenever it is needed; two of one session are not the
 * same object, see {@link is}. When the session has ended and its row was freed, it has no keys any more, and its facts must not
 * be asked for.
 */
export class Session implements KeysPlace {
  readonly rows: SessionRows;
  readonly row: number;
  readonly #words: Int32Array;
  readonly #floats: Float64Array;
  readonly #at: number;
  readonly #generation: number;
  #keys: KeyMap | undefined;

  constructor(rows: SessionRows, row: number) {
    const piece = rows.pieceOf(row);
    this.rows = rows;
    this.row = row;
    this.#words = piece.words;
    this.#floats = piece.floats;
    this.#at = rows.offsetOf(row);
    this.#generation = piece.words[this.#at + words.generation] ?? 0;
  }

  /** A new one, in no table yet. */
  static create(
    rows: SessionRows,
    { token, name, shared, createdAtMs, extension }: SessionBirth,
  ): Session {
    const session = new Session(rows, rows.allocate());
    session.#setToken(token);
    session.#setName(name);
    session.#setState(states.shared, shared);
    session.#setState(states.hasExtension, extension !== undefined);
    session.#setState(states.onSetAdd, extension?.onSetAdd === true);
    session.#setState(states.onGet, extension?.onGet === true);
    session.#setFloat(floats.createdAtMs, createdAtMs);
    return session;
  }

  /** Frees its row, and all that it has. */
  free(): void {
    if (this.isGone) return;
    this.keys.clear();
    const name = this.#get(words.name);
    if (name >= 0) this.rows.names.free(name);
    else this.rows.longNames.set(this.row, undefined);
    this.term = undefined;
    if (this.#has(states.hasId)) this.rows.ids.set(this.row, undefined);
    if (this.#has(states.hasOtherToken)) this.rows.otherTokens.set(this.row, undefined);
    this.rows.free(this.row);
  }

  /** Its row was freed. */
  get isGone(): boolean {
    return this.#words[this.#at + words.generation] !== this.#generation;
  }

  /** It is in the table, where commands find it. */
  get isIn(): boolean {
    return !this.isGone && !this.rows.isLeft && this.rows.additions.isAdded(this);
  }

  /** Whether both are one session. */
  is(other: Session | undefined): boolean {
    if (other === undefined || other.row !== this.row) return false;
    return other.#words === this.#words && other.#generation === this.#generation;
  }

  /** Of no other living session; less than 0: it has ended. */
  get number(): number {
    return this.isIn ? this.row : -this.row;
  }

  get token(): Token {
    this.#expectThere();
    if (this.#has(states.hasOtherToken)) {
      const other = this.rows.otherTokens.at(this.row);
      if (other !== undefined) return other;
    }
    return tokenOfWords(this.#get(words.low), this.#get(words.high));
  }

  get name(): string {
    this.#expectThere();
    const name = this.#get(words.name);
    return name < 0 ? (this.rows.longNames.at(this.row) ?? '') : this.rows.names.get(name);
  }

  get shared(): boolean {
    this.#expectThere();
    return this.#has(states.shared);
  }

  get createdAtMs(): number {
    this.#expectThere();
    return this.#floats[(this.#at >>> 1) + floats.createdAtMs] ?? 0;
  }

  get extension(): Extension | undefined {
    if (!this.#has(states.hasExtension)) return undefined;
    const kind = (this.#has(states.onSetAdd) ? 1 : 0) + (this.#has(states.onGet) ? 2 : 0);
    return extensions[kind];
  }

  get keys(): KeyMap {
    this.#keys ??= new KeyMap(this);
    return this.#keys;
  }

  /** Memory that it takes with its keys. */
  get bytes(): number {
    const name = this.#get(words.name);
    const { names } = this.rows;
    const nameBytes = name < 0 ? bytesOfText(this.name) : names.textBytesOf(name);
    return bytesOfSession(nameBytes) + this.keys.bytes;
  }

  /** When keys changed last, in milliseconds since the store was made; 0: never. */
  get changedAt(): number {
    return this.#floats[(this.#at >>> 1) + floats.changedAt] ?? 0;
  }

  set changedAt(ms: number) {
    this.#setFloat(floats.changedAt, ms);
  }

  /** How often all keys have gone. */
  get clears(): number {
    return this.#get(words.clears);
  }

  set clears(count: number) {
    this.#set(words.clears, count);
  }

  /** See {@link Additions}. */
  get group(): number {
    return this.#get(words.group);
  }

  set group(group: number) {
    this.#set(words.group, group);
  }

  get place(): number {
    return this.#get(words.place);
  }

  set place(place: number) {
    this.#set(words.place, place);
  }

  /** Its place among all that were ever added to the table. */
  get order(): number {
    return this.rows.additions.orderOf(this);
  }

  /** Absent: never expires. */
  get term(): SessionTerm | undefined {
    return !this.isGone && this.#has(states.hasTerm) ? this.rows.terms.at(this.row) : undefined;
  }

  /** A copy, which nobody watches yet. */
  set term(term: Readonly<Term> | undefined) {
    const hadTerm = this.#has(states.hasTerm);
    if (term && !hadTerm) this.rows.terms.add(this.row);
    if (term) this.rows.terms.at(this.row).write(term);
    else if (hadTerm) this.rows.terms.remove(this.row);
    this.#setState(states.hasTerm, term !== undefined);
  }

  /** Absent until it is needed: see {@link SessionIndex}. */
  get id(): string | undefined {
    return !this.isGone && this.#has(states.hasId) ? this.rows.ids.at(this.row) : undefined;
  }

  /** Changes nothing when it has ended. */
  set id(id: string | undefined) {
    if (id === undefined || this.isGone) return;
    this.rows.ids.set(this.row, id);
    this.#setState(states.hasId, true);
  }

  /** Its number among the timelines; 0: nothing is remembered of it yet. */
  get timeline(): number {
    return this.#get(words.timeline);
  }

  set timeline(number: number) {
    this.#set(words.timeline, number);
  }

  // What its keys need.

  get packed(): PackedKeys {
    return this.rows.packed;
  }

  get block(): number {
    if (this.isGone) return 0;
    const block = this.#get(words.block);
    return block >= noBlock ? block : block >>> 0;
  }

  set block(block: number) {
    this.#expectThere();
    this.#set(words.block, block);
  }

  get large(): LargeKeys | undefined {
    return this.rows.large.at(this.row);
  }

  set large(large: LargeKeys | undefined) {
    this.rows.large.set(this.row, large);
  }

  #get(word: number): number {
    return this.#words[this.#at + word] ?? 0;
  }

  #set(word: number, value: number): void {
    this.#words[this.#at + word] = value;
  }

  #setFloat(float: number, value: number): void {
    this.#floats[(this.#at >>> 1) + float] = value;
  }

  #has(state: number): boolean {
    return (this.#get(words.state) & state) !== 0;
  }

  #setState(state: number, isOn: boolean): void {
    const others = this.#get(words.state) & ~state;
    this.#set(words.state, isOn ? others | state : others);
  }

  #setToken(token: Token): void {
    if (bits.read(token)) {
      this.#set(words.low, bits.low);
      this.#set(words.high, bits.high);
      return;
    }
    this.rows.otherTokens.set(this.row, detachText(token));
    this.#setState(states.hasOtherToken, true);
  }

  #setName(name: string): void {
    const block = this.rows.names.add(name);
    this.#set(words.name, block);
    if (block < 0) this.rows.longNames.set(this.row, detachText(name));
  }

  /** The row may be of another session by now, whose facts are nobody's business. */
  #expectThere(): void {
    if (this.isGone) throw new Error('A session was read that has ended');
  }
}
