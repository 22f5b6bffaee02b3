import type { Clock } from '../../../protocol/clock.ts';
import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import type { Log } from '../../log.ts';

/** Entries that are kept. */
export const maxAuditEntries = 1_000;

/** What happened, before it has its place in the list. */
export type Audited = Omit<AuditEntry, 'number' | 'atMs' | 'times'>;

interface AuditParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** What inspectors did and were refused since the start: the newest, and all of it in the log. */
export class AuditList {
  readonly #parts: AuditParts;
  #entries: AuditEntry[] = [];
  #count = 0;
  readonly #listeners = new Set<(entry: AuditEntry) => void>();

  constructor(parts: AuditParts) {
    this.#parts = parts;
  }

  /** The oldest first. */
  get entries(): readonly AuditEntry[] {
    return this.#entries;
  }

  /** How many are not kept any more. */
  get dropped(): number {
    return this.#count - this.#entries.length;
  }

  note(audited: Audited): void {
    const atMs = Math.round(this.#parts.clock.nowMs());
    const last = this.#entries.at(-1);
    // One that asks again and again pushes nothing out of the list, and writes one line.
    if (last && audited.action === 'refused' && wordsOf(last) === wordsOf(audited)) {
      this.#put({ ...last, atMs, times: (last.times ?? 1) + 1 }, this.#entries.length - 1);
      return;
    }
    this.#count += 1;
    this.#parts.log.info(`Audit: ${wordsOf(audited)}`);
    this.#put({ ...audited, number: this.#count, atMs }, this.#entries.length);
    if (this.#entries.length > maxAuditEntries) this.#entries.shift();
  }

  /** @returns Ends the following. */
  follow(listener: (entry: AuditEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #put(entry: AuditEntry, at: number): void {
    this.#entries[at] = entry;
    for (const listener of this.#listeners) listener(entry);
  }
}

function wordsOf({ key, address = 'gone', ...done }: Audited): string {
  return `${key} (${address}) ${whatOf(done)}`;
}

function whatOf({
  action,
  command,
  request,
  session,
  connection,
  server,
  status,
  right,
}: Omit<Audited, 'key'>) {
  const about = session === undefined ? '' : ` of session ${session}`;
  switch (action) {
    case 'reveal':
      return `revealed the token${about}`;
    case 'change':
    case 'end':
      return `carried out ${command}${about}${status === undefined ? '' : ` (status ${status})`}`;
    case 'cut':
      return `closed connection ${connection}${server === undefined ? '' : ` of ${server}`}`;
    case 'backup':
      return 'made a backup';
    case 'refused':
      return `was refused ${command ?? request}${about}: ${right ?? 'not for all sessions'}`;
  }
}
