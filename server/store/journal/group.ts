import type { Token } from '../../../protocol/token.ts';
import type { Change } from '../changes.ts';
import type { ByteWriter } from './byteWriter.ts';
import { writeChange } from './changeCodec.ts';
import { frameHeadBytes } from './frame.ts';

/** A change of so many sessions concerns all: cheaper than a list, and it makes others wait only for one sync. */
const maxListed = 1_000;

/** Changes that go to disk together, in one frame and with one sync. */
export class Group {
  readonly #bytes: ByteWriter;
  readonly #tokens = new Set<Token>();
  #concernsAll = false;
  #count = 0;
  #startedAtMs = 0;
  #settled: Promise<boolean> | undefined;
  #settle: (isOnDisk: boolean) => void = () => undefined;
  #outcome: boolean | undefined;

  /** @param bytes Where its records are written; another group's before, which is done. */
  constructor(bytes: ByteWriter) {
    this.#bytes = bytes;
    bytes.clear();
    bytes.skip(frameHeadBytes);
  }

  /** The frame, with room for its head. */
  get bytes(): ByteWriter {
    return this.#bytes;
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
    return this.#concernsAll ? undefined : this.#tokens;
  }

  /** Whether a reply about any session has to wait. */
  get isAwaited(): boolean {
    return this.#concernsAll || this.#tokens.size > 0;
  }

  /** Whether a reply about this session has to wait. */
  concerns(token: Token): boolean {
    return this.#concernsAll || this.#tokens.has(token);
  }

  add(change: Change): void {
    if (this.#count === 0) this.#startedAtMs = change.atMs;
    writeChange(this.#bytes, change);
    this.#count += 1;
    this.note(change);
  }

  /** Lets replies about these sessions wait. What a deadline did comes about again after a restart, by the time. */
  note(change: Change): void {
    if (change.by === 'deadline') return;
    if ('session' in change) this.#tokens.add(change.session.token);
    else if (change.sessions.length > maxListed) this.#concernsAll = true;
    else for (const { token } of change.sessions) this.#tokens.add(token);
  }

  /** Settles when it is on disk, or with false when it never will be and has been undone. */
  get settled(): Promise<boolean> {
    this.#settled ??= new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#outcome !== undefined) resolve(this.#outcome);
    });
    return this.#settled;
  }

  settle(isOnDisk: boolean): void {
    this.#outcome = isOnDisk;
    this.#settle(isOnDisk);
  }
}
