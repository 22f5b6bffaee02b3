import type { Files, JournalFile } from '../../server/store/journal/files.ts';

/** Bytes of a file: what a reader sees, and what is on disk. */
interface Content {
  seen: Buffer;
  onDisk: Buffer;
}

const never = new Promise<never>(() => {});

/** What a disk is asked to do. */
export type DiskCall = 'write' | 'read' | 'sync' | 'truncate' | 'create' | 'rename' | 'remove';

/** For tests: files in memory, on a disk that forgets what was not synced, and fails on demand. */
export class FaultyDisk implements Files {
  #names = new Map<string, Content>();
  #namesOnDisk = new Map<string, Content>();
  /** Every call comes by here; a throw fails it, a number cuts a write short. */
  onCall: (call: DiskCall, name: string, bytes: number) => number | undefined | void = () =>
    undefined;

  #held: { readonly release: () => void; readonly released: Promise<void> } | undefined;

  #crashes = 0;

  /** The disk as one process has it: when the power goes its calls never end, and change nothing. */
  mount(): Files {
    const mountedAt = this.#crashes;
    const isAlive = () => this.#crashes === mountedAt;
    const whileAlive = async <T>(call: () => Promise<T>): Promise<T> => {
      if (!isAlive()) return never;
      try {
        const outcome = await call();
        return isAlive() ? outcome : never;
      } catch (error) {
        if (!isAlive()) return never;
        throw error;
      }
    };
    return {
      list: () => whileAlive(() => this.list()),
      open: (name, mode) =>
        whileAlive(async () => {
          const file = await this.open(name, mode);
          return {
            write: (bytes, position) => whileAlive(() => file.write(bytes, position)),
            read: (into, position) => whileAlive(() => file.read(into, position)),
            size: () => whileAlive(() => file.size()),
            sync: () => whileAlive(() => file.sync()),
            truncate: (length) => whileAlive(() => file.truncate(length)),
            close: () => whileAlive(() => file.close()),
          };
        }),
      rename: (from, to) => whileAlive(() => this.rename(from, to)),
      remove: (name) => whileAlive(() => this.remove(name)),
      syncNames: () => whileAlive(() => this.syncNames()),
    };
  }

  #begin(call: DiskCall, name: string, bytes: number): number | undefined | void {
    const crashes = this.#crashes;
    const outcome = this.onCall(call, name, bytes);
    if (this.#crashes !== crashes) throw new Error('The power went in the middle of this call');
    return outcome;
  }

  /** Syncs do not end until {@link release}. */
  hold(): void {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held = { release, released };
  }

  release(): void {
    this.#held?.release();
    this.#held = undefined;
  }

  /** The power goes: what was not synced is gone, but for what `keep` leaves of a file's newest bytes. */
  crash(
    keep: (content: { seen: Buffer; onDisk: Buffer }) => Buffer = ({ onDisk }) => onDisk,
  ): void {
    this.#names = new Map(
      [...this.#namesOnDisk].map(([name, content]) => {
        const left = Buffer.from(keep(content));
        return [name, { seen: left, onDisk: left }];
      }),
    );
    this.#namesOnDisk = new Map(this.#names);
    this.onCall = () => undefined;
    this.#crashes += 1;
  }

  /** A disk with the same files as this one has now. */
  copy(): FaultyDisk {
    const copy = new FaultyDisk();
    for (const [name, { seen }] of this.#names) copy.put(name, Buffer.from(seen));
    return copy;
  }

  /** A disk as this one would be if the power went now. */
  copyOnDisk(): FaultyDisk {
    const copy = new FaultyDisk();
    for (const [name, { onDisk }] of this.#namesOnDisk) copy.put(name, Buffer.from(onDisk));
    return copy;
  }

  /** What is in a file. */
  bytesOf(name: string): Buffer {
    return this.#contentOf(name).seen;
  }

  put(name: string, bytes: Buffer): void {
    const content = { seen: bytes, onDisk: bytes };
    this.#names.set(name, content);
    this.#namesOnDisk.set(name, content);
  }

  get names(): string[] {
    return [...this.#names.keys()].sort();
  }

  async list(): Promise<string[]> {
    return this.names;
  }

  async open(name: string, mode: 'create' | 'read' | 'change'): Promise<JournalFile> {
    if (mode === 'create') {
      this.#begin('create', name, 0);
      if (this.#names.has(name)) throw systemError('EEXIST');
      this.#names.set(name, { seen: Buffer.alloc(0), onDisk: Buffer.alloc(0) });
    }
    return this.#fileOf(name, this.#contentOf(name));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#begin('rename', from, 0);
    this.#names.set(to, this.#contentOf(from));
    this.#names.delete(from);
  }

  async remove(name: string): Promise<void> {
    this.#begin('remove', name, 0);
    this.#contentOf(name);
    this.#names.delete(name);
  }

  async syncNames(): Promise<void> {
    this.#begin('sync', '', 0);
    this.#namesOnDisk = new Map(this.#names);
  }

  #contentOf(name: string): Content {
    const content = this.#names.get(name);
    if (!content) throw systemError('ENOENT');
    return content;
  }

  #fileOf(name: string, content: Content): JournalFile {
    return {
      write: async (bytes, position) => {
        const count = this.#begin('write', name, bytes.length) ?? bytes.length;
        const end = position + count;
        const longer = Buffer.alloc(Math.max(end, content.seen.length));
        content.seen.copy(longer);
        longer.set(bytes.subarray(0, count), position);
        content.seen = longer;
        return count;
      },
      read: async (into, position) => {
        this.#begin('read', name, into.length);
        return content.seen.copy(into, 0, position, position + into.length);
      },
      size: async () => content.seen.length,
      sync: async () => {
        const synced = content.seen;
        await this.#held?.released;
        this.#begin('sync', name, 0);
        content.onDisk = synced;
      },
      truncate: async (length) => {
        this.#begin('truncate', name, length);
        content.seen = Buffer.from(content.seen.subarray(0, length));
      },
      close: async () => undefined,
    };
  }
}

/** An error as Node makes it of what the system says. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: planted`), { code });
}
