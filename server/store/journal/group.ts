import type { Hold, Waiting } from '../../eventually.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import type { KeptChange } from '../changes.ts';
import { detachText } from '../detachText.ts';
import type { ByteWriter } from './byteWriter.ts';
import { partsPerStep, tokenOffset, writeChange, writeChangeInSteps } from './changeCodec.ts';
import { frameHeadBytes } from './frame.ts';

/** A change of so many sessions concerns all: cheaper than a list, and it makes others wait only for one sync. */
const maxListed = 1_000;

/** Small changes of so many bytes are a piece. */
const pieceBytes = 64 * 1024;

/** A longer token is not copied but written each time. Those that a server makes have up to 20 characters. */
const maxCopiedToken = 20;

type ChangeOfOne = Extract<KeptChange, { readonly session: unknown }>;

/** Whether a change takes long to encode. */
function isLarge(change: KeptChange): boolean {
  switch (change.kind) {
    case 'created':
      return change.sessions.has !== undefined || change.sessions.length > partsPerStep;
    case 'ended':
      return change.sessions.length > partsPerStep;
    case 'stored':
    case 'replaced':
    case 'removed':
      return change.keys.length > partsPerStep;
    case 'extended':
    case 'touched':
    case 'cleared':
      return false;
  }
}

/** Changes that go to disk together, in one frame and with one sync. */
export class Group implements Hold {
  /** Counts up: a group with a higher number comes to disk later. */
  readonly number: number;
  readonly #bytes: ByteWriter;
  /** A change of very many sessions or keys, and all that came after it: they are encoded when they are written. */
  readonly #unencoded: KeptChange[] = [];
  /** Encoded before the rest of them. */
  readonly #pieces: Buffer[] = [];
  #piecesLength = 0;
  readonly #tokens = new Set<Token>();
  /** The one that was added last: most requests come several at a time for one session. */
  #lastToken: Token | undefined;
  /** Where that is among the bytes; undefined: nowhere. */
  #lastTokenAt: number | undefined;
  readonly #loads: ((token: Token) => boolean)[] = [];
  #concernsAll = false;
  #count = 0;
  #startedAtMs = 0;
  #settled: Promise<boolean> | undefined;
  #settle: (isOnDisk: boolean) => void = () => undefined;
  #outcome: boolean | undefined;
  #waiting: Waiting[] = [];

  /** @param bytes Where its records are written; another group's before, which is done. */
  constructor(bytes: ByteWriter, number: number) {
    this.number = number;
    this.#bytes = bytes;
    bytes.clear();
    bytes.skip(frameHeadBytes);
  }

  /** What its bytes are written with, to be used again when they are in the file. */
  get bytes(): ByteWriter {
    return this.#bytes;
  }

  /** Bytes of the frame, as far as it is encoded. */
  get length(): number {
    return this.#piecesLength + this.#bytes.length;
  }

  /** Whether it takes long to encode. */
  get isLarge(): boolean {
    return this.#unencoded.length > 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Time of its first change. */
  get startedAtMs(): number {
    return this.#startedAtMs;
  }

  /** Sessions that a command has changed; undefined: it may be any. */
  get tokens(): ReadonlySet<Token> | undefined {
    return this.#concernsAll || this.#loads.length > 0 ? undefined : this.#tokens;
  }

  /** Whether a reply about any session has to wait. */
  get isAwaited(): boolean {
    return this.#concernsAll || this.#tokens.size > 0 || this.#loads.length > 0;
  }

  /** Whether a reply about this session has to wait. */
  concerns(token: Token): boolean {
    if (token === this.#lastToken || this.#concernsAll || this.#tokens.has(token)) return true;
    return this.#loads.length > 0 && this.#loads.some((has) => has(token));
  }

  append(change: KeptChange): void {
    if (this.#count === 0) this.#startedAtMs = change.atMs;
    if (this.isLarge || isLarge(change)) this.#unencoded.push(change);
    else if ('session' in change) {
      this.#appendOfOne(change);
      return;
    } else writeChange(this.#bytes, change);
    this.#count += 1;
    this.note(change);
  }

  #appendOfOne(change: ChangeOfOne): void {
    const { token } = change.session;
    const isSame = token === this.#lastToken;
    const tokenAt = this.#bytes.length + tokenOffset;
    writeChange(this.#bytes, change, isSame ? this.#lastTokenAt : undefined);
    this.#count += 1;
    if (isSame || change.by === 'deadline') return;
    this.#noteToken(token);
    if (token.length <= maxCopiedToken) this.#lastTokenAt = tokenAt;
  }

  /** Encodes what is left, in steps; nothing is added any more. @returns The frame, with room for its head. */
  *encode(): Steps<readonly [Buffer, ...Buffer[]]> {
    for (const change of this.#unencoded) {
      const steps = writeChangeInSteps(this.#bytes, change);
      while (!steps.next().done) {
        this.#takePiece();
        yield;
      }
      if (this.#bytes.length < pieceBytes) continue;
      this.#takePiece();
      yield;
    }
    this.#unencoded.length = 0;
    const [first, ...others] = this.#pieces;
    const last = this.#bytes.bytes;
    return first ? [first, ...others, last] : [last];
  }

  #takePiece(): void {
    this.#piecesLength += this.#bytes.length;
    this.#pieces.push(this.#bytes.take());
  }

  /** Lets replies about these sessions wait. What a deadline did comes about again after a restart, by the time. */
  note(change: KeptChange): void {
    if (change.by === 'deadline') return;
    if ('session' in change) this.#noteToken(change.session.token);
    else if (change.kind === 'created' && change.sessions.has)
      this.#loads.push(change.sessions.has);
    else if (change.sessions.length > maxListed) this.#concernsAll = true;
    else for (const { token } of change.sessions) this.#tokens.add(token);
  }

  #noteToken(token: Token): void {
    if (token === this.#lastToken) return;
    // It may be cut out of a message, which it would keep until the sync.
    const detached = detachText(token);
    this.#lastToken = detached;
    this.#lastTokenAt = undefined;
    this.#tokens.add(detached);
  }

  /** Settles when it is on disk, or with false when it never will be and has been undone. */
  get settled(): Promise<boolean> {
    this.#settled ??= new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#outcome !== undefined) resolve(this.#outcome);
    });
    return this.#settled;
  }

  get outcome(): boolean | undefined {
    return this.#outcome;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  settle(isOnDisk: boolean): void {
    this.#outcome = isOnDisk;
    this.#settle(isOnDisk);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const each of waiting) each.noteOutcome();
  }
}
