import { inspectionKeyPrefix, inspectionProtocol } from '../protocol/inspection/access.ts';
import type { InspectionEvent } from '../protocol/inspection/events.ts';
import type { Received } from './commandTypes.ts';
import { SeshdeckError, ValueError } from './errors.ts';
import type { NumberForm } from './exactNumber.ts';
import { Link, type LinkParts } from './link.ts';
import { messageOf } from './message.ts';
import { readReply } from './reply.ts';
import type { StatusEvent } from './statusFeed.ts';
import { writeStored, type Json } from './storedText.ts';

/** What became of a watched session. */
export type SessionChange =
  | {
      readonly type: 'keys';
      /** Everything that is there; else only what is different since the change before. */
      readonly isWhole: boolean;
      readonly changed: Readonly<Record<string, Json>>;
      readonly removed: readonly string[];
    }
  /** It has ended, or expired. The last one. */
  | { readonly type: 'ended' };

/** What a watch needs of its client. */
export interface WatchParts extends Pick<
  LinkParts,
  'addresses' | 'socketClass' | 'delays' | 'connectTimeoutMs' | 'clock' | 'random'
> {
  readonly inspectionKey: string | undefined;
  readonly numbers: NumberForm;
}

type Disconnection = Extract<StatusEvent, { type: 'disconnected' }>;

/** A server that restarts may be ready just after an attempt has failed, and one that is full makes room. */
const maxUnexplained = 5;

type EventOf<T extends InspectionEvent['type']> = Received<Extract<InspectionEvent, { type: T }>>;

/**
 * What a session holds, then each change, over a connection to the inspection socket that ends with the loop.
 * @throws {SeshdeckError} without an inspection key, and when it is refused.
 */
export async function* watchSession(
  parts: WatchParts,
  token: string,
  signal?: AbortSignal,
): AsyncGenerator<SessionChange, void, undefined> {
  const watcher = new Watcher(parts, token);
  const onAbort = () => watcher.fail(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  try {
    for (;;) {
      const change = await watcher.next();
      yield change;
      if (change.type === 'ended') return;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await watcher.close();
  }
}

/** A connection that watches one session, and the changes that nobody has taken yet. */
class Watcher {
  readonly #link: Link;
  readonly #token: string;
  readonly #numbers: NumberForm;
  #hasOpened = false;
  /** Attempts since the last connection after which nobody knew why they failed, though the server was ready. */
  #unexplained = 0;
  /** Of the session; empty until the server has named it. */
  #id = '';
  #changed = new Map<string, Json>();
  #removed = new Set<string>();
  #isWhole = false;
  #hasNews = false;
  #hasEnded = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(parts: WatchParts, token: string) {
    const { inspectionKey = '', numbers, ...shared } = parts;
    this.#token = token;
    this.#numbers = numbers;
    this.#link = new Link({
      ...shared,
      addresses: shared.addresses.map((address) => new URL('/inspect', address).href),
      protocols: [inspectionProtocol, inspectionKeyPrefix + base64Url(inspectionKey)],
      onStatus: (event) => {
        if (event.type === 'disconnected') this.#disconnected(event);
      },
      onOpen: () => this.#opened(),
      onData: (data) => this.#arrived(data),
      onLost: () => undefined,
      onFault: (error) => this.fail(error),
      onRefused: (httpStatus) => this.#refused(httpStatus),
    });
    if (inspectionKey === '')
      this.fail(new SeshdeckError('watch needs an inspectionKey in connect'));
    else this.#link.start();
  }

  /** The next change; those that came since the last one are one. */
  async next(): Promise<SessionChange> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#hasNews) return this.#news();
      if (this.#hasEnded) return { type: 'ended' };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #news(): SessionChange {
    const changed = Object.fromEntries(this.#changed);
    const removed = [...this.#removed];
    const isWhole = this.#isWhole;
    this.#changed = new Map();
    this.#removed = new Set();
    this.#isWhole = false;
    this.#hasNews = false;
    return { type: 'keys', isWhole, changed, removed };
  }

  #opened(): void {
    this.#hasOpened = true;
    this.#unexplained = 0;
    this.#ask({ peek: { token: this.#token } });
  }

  /** Only what was open once is made again. */
  #disconnected({ address, code, reason }: Disconnection): void {
    if (!this.#hasOpened) void this.#failToOpen(address, reason);
    else if (code === 1008) this.fail(new SeshdeckError(`The watch was refused: ${reason}`));
    else if (reason === '') void this.#checkServer(address);
  }

  /** What was never open is not tried again. */
  async #failToOpen(address: string, reason: string): Promise<void> {
    const isServerReady = reason === '' && (await isReady(address));
    if (this.#hasOpened) return;
    this.fail(
      isServerReady
        ? refusedBy(address)
        : new SeshdeckError('The inspection socket cannot be opened'),
    );
  }

  /** Other classes than that of `ws` do not tell a key that is refused from a server that is away: the server does. */
  async #checkServer(address: string): Promise<void> {
    if (!(await isReady(address))) return;
    this.#unexplained += 1;
    if (this.#unexplained < maxUnexplained) return;
    this.fail(refusedBy(address));
  }

  /** A server that starts, or that has no room, may open it later; no other will. */
  #refused(httpStatus: number): void {
    if (httpStatus >= 500) return;
    const { host } = new URL(this.#link.address);
    this.fail(
      new SeshdeckError(`The inspection key was refused by ${host} with HTTP ${httpStatus}`),
    );
  }

  #ask(frame: Readonly<Record<string, unknown>>): void {
    this.#link.send(messageOf(writeStored(frame)), true);
  }

  #arrived(data: unknown): void {
    const frame = typeof data === 'string' ? readReply(data, this.#numbers) : undefined;
    if (!frame) return;
    this.#link.noteReply();
    if (frame.refusedNumber !== undefined) {
      this.fail(new ValueError(`${frame.refusedNumber} would lose digits as a number`, []));
      return;
    }
    // An event of the contract: newer ones are passed over.
    this.#take({ type: frame.name, ...frame.body } as Received<InspectionEvent>);
    this.#wake();
  }

  #take(event: Received<InspectionEvent>): void {
    if (event.type === 'peeked') this.#named(event);
    else if (event.type === 'keys') this.#keys(event);
    else if (event.type === 'value' && event.value !== undefined) this.#set(event.key, event.value);
    else if (event.type === 'gone') this.#hasEnded = true;
    else if (event.type === 'refused') {
      const right = event.right ?? 'for this session';
      this.fail(new SeshdeckError(`The inspection key has not the right: ${right}`));
    } else if (event.type === 'unanswered') this.#link.drop('The server has no answer now');
  }

  #named({ session }: EventOf<'peeked'>): void {
    if (!session) {
      this.#hasEnded = true;
      return;
    }
    this.#id = session.id;
    this.#ask({ watch: { id: session.id } });
  }

  #keys({ isReset, changed, removed }: EventOf<'keys'>): void {
    this.#hasNews = true;
    if (isReset) {
      this.#isWhole = true;
      this.#changed.clear();
      this.#removed.clear();
    }
    for (const key of removed) {
      this.#changed.delete(key);
      this.#removed.add(key);
    }
    for (const { key, value } of changed) {
      if (value !== undefined) this.#set(key, value);
      // Long ones come when they are asked for.
      else this.#ask({ value: { id: this.#id, key } });
    }
  }

  #set(key: string, value: Json): void {
    this.#hasNews = true;
    this.#removed.delete(key);
    this.#changed.set(key, value);
  }
}

function refusedBy(address: string): SeshdeckError {
  const what = `${new URL(address).host} is ready, and refuses the inspection socket`;
  return new SeshdeckError(`${what}: the key may be wrong, or the server full`);
}

/** Whether a server takes requests now. */
async function isReady(address: string): Promise<boolean> {
  const url = new URL('/readyz', address.replace('ws', 'http'));
  try {
    const { ok, type } = await fetch(url, { mode: 'no-cors' });
    return ok || type === 'opaque'; // A page may not see the status of another origin.
  } catch {
    return false;
  }
}

function base64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
