import type { CommandName } from '../../protocol/commands/catalog.ts';
import { statusCodes, type StatusName } from '../../protocol/status.ts';
import { commandFacts } from '../commandFacts.ts';

/** What is to go wrong with a command. */
export interface Fault {
  /** It is carried out, and answered so much later by the server's clock. */
  readonly delayMs?: number;
  /** It is not carried out, and refused with this status. */
  readonly status?: StatusName;
  /**
   * The connection is lost without a closing frame: before the command is carried out (`request`), or after it and
   * before its reply (`reply`).
   */
  readonly drop?: 'request' | 'reply';
  /** Only when it comes on the connection of this number. */
  readonly connection?: number;
  /** So many of them pass before. Default: 0. */
  readonly after?: number;
  /** So many of them. Default: 1. */
  readonly times?: number;
}

/** How connections are cut. */
export interface Cut {
  /** Close code. Default: 1006, the connection is lost without a closing frame. */
  readonly code?: number;
  readonly reason?: string;
  /** Default: all, those of the console too. */
  readonly connection?: number;
}

/** What the disk answers: it is full, or broken. */
export type DiskFault = 'ENOSPC' | 'EIO';

/** A fault that has its command. */
export interface PlantedFault {
  readonly command: CommandName;
  readonly fault: Fault;
}

interface Planted extends PlantedFault {
  after: number;
  times: number;
}

/** What goes wrong, as a test wants it. */
export class Faults {
  #planted: Planted[] = [];
  #disk: DiskFault | undefined;
  readonly #onCut: (cut: Required<Omit<Cut, 'connection'>>, connection?: number) => void;
  readonly #hasDisk: boolean;

  /** @internal */
  constructor(parts: {
    readonly onCut: (cut: Required<Omit<Cut, 'connection'>>, connection?: number) => void;
    readonly hasDisk: boolean;
  }) {
    this.#onCut = parts.onCut;
    this.#hasDisk = parts.hasDisk;
  }

  /** How many are still to come: after a test that planted some, it should be 0. */
  get left(): number {
    return this.#planted.reduce((sum, { times }) => sum + times, 0);
  }

  /**
   * Plants a fault for the next command of this name that a client sends. Those planted first come first.
   * @throws {TypeError} for a command or status that there is not, and for a fault in which nothing goes wrong.
   * @throws {RangeError} for a number out of range.
   */
  next(command: CommandName, fault: Fault): void {
    const { after = 0, times = 1 } = fault;
    if (!Object.hasOwn(commandFacts, command)) {
      throw new TypeError(`There is no command ${command}`);
    }
    checkEffect(fault);
    checkCount('after', after, 0);
    checkCount('times', times, 1);
    this.#planted.push({ command, fault, after, times });
  }

  /**
   * Ends open connections.
   * @throws {RangeError} for a code that cannot be sent.
   */
  cut({ code = 1006, reason = '', connection }: Cut = {}): void {
    if (!isCloseCode(code)) throw new RangeError(`${code} is no close code`);
    this.#onCut({ code, reason }, connection);
  }

  /**
   * From now on the disk is full, or broken; undefined: it is mended.
   * @throws {TypeError} for a server that has no disk: start it with `data`.
   */
  disk(fault: DiskFault | undefined): void {
    if (!this.#hasDisk)
      throw new TypeError('This server keeps nothing on disk: start it with data');
    this.#disk = fault;
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#planted = [];
    this.#disk = undefined;
  }

  /**
   * The fault for a command that has come.
   * @internal
   */
  take(command: string | undefined, connection: number): PlantedFault | undefined {
    for (const planted of this.#planted) {
      const { fault } = planted;
      if (planted.command !== command) continue;
      if (fault.connection !== undefined && fault.connection !== connection) continue;
      if (planted.after > 0) {
        planted.after -= 1;
        continue;
      }
      planted.times -= 1;
      if (planted.times === 0) this.#planted = this.#planted.filter((each) => each !== planted);
      return planted;
    }
    return undefined;
  }

  /**
   * Called before the disk is changed.
   * @internal
   */
  readonly onDisk = (): void => {
    if (!this.#disk) return;
    throw Object.assign(new Error(`${this.#disk}: planted by a test`), { code: this.#disk });
  };
}

function checkEffect({ delayMs, status, drop }: Fault): void {
  if (status !== undefined && !Object.hasOwn(statusCodes, status)) {
    throw new TypeError(`There is no status ${status}`);
  }
  if (delayMs === undefined && status === undefined && drop === undefined) {
    throw new TypeError('A fault needs delayMs, status or drop');
  }
  if (delayMs !== undefined && !(delayMs >= 0)) {
    throw new RangeError(`delayMs must be 0 or more, got ${delayMs}`);
  }
}

/** Those that the standard gives to nobody are left out; 1006 is never sent and stands for a lost connection. */
function isCloseCode(code: number): boolean {
  if (!Number.isInteger(code) || code === 1004 || code === 1005) return false;
  return (code >= 1000 && code <= 1014) || (code >= 3000 && code <= 4999);
}

function checkCount(name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new RangeError(`${name} must be a whole number from ${least} on, got ${count}`);
}

/** The reply that refuses a command. */
export function refusal(command: CommandName, status: StatusName): string {
  return `{"${commandFacts[command].replyName}":{"st":${statusCodes[status]},"tkn":null,"m":""}}`;
}
