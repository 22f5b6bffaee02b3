import type { Expiry } from '../newSession.ts';
import { rowsPerPiece } from '../rowPieces.ts';
import type { Deadlines } from './deadlineHeap.ts';

/** One term of a session that expires. */
export interface Term extends Expiry {
  /** Unix time in milliseconds. */
  startMs: number;
  deadlineMs: number;
}

/** Words of 32 bits for a term: two terms are as long as a line of the processor's caches. */
const termWords = 8;

/** By words of 64 bits. */
const floats = { startMs: 0, deadlineMs: 1, durationSec: 2 } as const;
const words = { heapIndex: 6, deletesSession: 7 } as const;

/** Memory for the terms of as many rows as a piece of sessions has. */
interface TermPiece {
  readonly words: Int32Array;
  /** The same memory. */
  readonly floats: Float64Array;
  /** How many rows have a term. */
  used: number;
}

/**
 * The terms of sessions that expire, by the rows of the sessions, outside of the JavaScript heap. A piece in which no session
 * expires has no memory.
 */
export class TermRows implements Deadlines {
  readonly #pieces: (TermPiece | undefined)[] = [];
  /** One that is not used, as sessions may come and go. */
  #spare: TermPiece | undefined;

  /** Gives a row memory for a term, which must be written. */
  add(row: number): void {
    const number = Math.floor(row / rowsPerPiece);
    const piece = this.#pieces[number] ?? this.#takePiece();
    this.#pieces[number] = piece;
    piece.used += 1;
  }

  /** To be called for each row that was added, once. */
  remove(row: number): void {
    const piece = this.pieceOf(row);
    piece.used -= 1;
    if (piece.used > 0) return;
    this.#pieces[Math.floor(row / rowsPerPiece)] = undefined;
    this.#spare = piece;
  }

  /** The term of a row that has one. */
  at(row: number): SessionTerm {
    return new SessionTerm(this, row);
  }

  deadlineOf(row: number): number {
    return this.pieceOf(row).floats[(offsetOf(row) >>> 1) + floats.deadlineMs] ?? 0;
  }

  indexOf(row: number): number {
    return this.pieceOf(row).words[offsetOf(row) + words.heapIndex] ?? -1;
  }

  setIndex(row: number, index: number): void {
    this.pieceOf(row).words[offsetOf(row) + words.heapIndex] = index;
  }

  /** Where the term of a row is. */
  pieceOf(row: number): TermPiece {
    const piece = this.#pieces[Math.floor(row / rowsPerPiece)];
    if (!piece) throw new Error('A term was used of a session that has none');
    return piece;
  }

  #takePiece(): TermPiece {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare) return spare;
    const memory = new ArrayBuffer(rowsPerPiece * termWords * 4);
    return { words: new Int32Array(memory), floats: new Float64Array(memory), used: 0 };
  }
}

function offsetOf(row: number): number {
  return (row % rowsPerPiece) * termWords;
}

/** The term of a session: reads and writes its row, and must not be used when the session has another or none. */
export class SessionTerm implements Term {
  readonly row: number;
  readonly #words: Int32Array;
  readonly #floats: Float64Array;
  readonly #at: number;

  constructor(terms: TermRows, row: number) {
    const piece = terms.pieceOf(row);
    this.row = row;
    this.#words = piece.words;
    this.#floats = piece.floats;
    this.#at = offsetOf(row);
  }

  /** Makes it another term, which is not watched. */
  write({ durationSec, deleteSession, startMs, deadlineMs }: Readonly<Term>): void {
    this.startMs = startMs;
    this.deadlineMs = deadlineMs;
    this.#floats[(this.#at >>> 1) + floats.durationSec] = durationSec;
    this.#words[this.#at + words.deletesSession] = deleteSession ? 1 : 0;
    this.#words[this.#at + words.heapIndex] = -1;
  }

  get startMs(): number {
    return this.#floats[(this.#at >>> 1) + floats.startMs] ?? 0;
  }

  set startMs(ms: number) {
    this.#floats[(this.#at >>> 1) + floats.startMs] = ms;
  }

  get deadlineMs(): number {
    return this.#floats[(this.#at >>> 1) + floats.deadlineMs] ?? 0;
  }

  set deadlineMs(ms: number) {
    this.#floats[(this.#at >>> 1) + floats.deadlineMs] = ms;
  }

  get durationSec(): number {
    return this.#floats[(this.#at >>> 1) + floats.durationSec] ?? 0;
  }

  get deleteSession(): boolean {
    return this.#words[this.#at + words.deletesSession] === 1;
  }

  /** It is among the deadlines that are watched. */
  get isWatched(): boolean {
    return (this.#words[this.#at + words.heapIndex] ?? -1) >= 0;
  }
}
