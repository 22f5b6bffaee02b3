import type { Rights } from '../../../protocol/inspection/rights.ts';

/** A key to inspect with, and what it allows. */
export interface NamedKey {
  /** Shown in the log and the audit list. */
  readonly name: string;
  /** Of the key, in hexadecimal digits. */
  readonly sha256: string;
  readonly rights: Rights;
}

/** Rights have changed; undefined: the key was removed. */
type OnChange = (rights: Rights | undefined) => void;

/** What a key or a ticket allows at the moment: one for all inspectors that have it. */
export class Grant {
  /** Of the key. */
  readonly name: string;
  #rights: Rights;
  readonly #holders = new Set<OnChange>();

  constructor(name: string, rights: Rights) {
    this.name = name;
    this.#rights = rights;
  }

  get rights(): Rights {
    return this.#rights;
  }

  /** @returns Ends the following. */
  follow(onChange: OnChange): () => void {
    this.#holders.add(onChange);
    return () => {
      this.#holders.delete(onChange);
    };
  }

  change(rights: Rights): void {
    if (areEqual(rights, this.#rights)) return;
    this.#rights = rights;
    for (const onChange of this.#holders) onChange(rights);
  }

  /** All who have it are cut off, and may do nothing until then. */
  revoke(): void {
    this.#rights = { may: [], prefix: '' };
    for (const onChange of this.#holders) onChange(undefined);
  }
}

function areEqual(one: Rights, other: Rights): boolean {
  return one.prefix === other.prefix && one.may.join() === other.may.join();
}
