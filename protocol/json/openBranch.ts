/** A member whose name was there already. */
export interface OmittedMember {
  readonly from: OpenBranch;
  /** Where it begins, and what was kept before it. */
  readonly at: number;
  readonly pieceCount: number;
  readonly keptFrom: number;
}

/** The name of a member, within which a step of the reading ended. */
export interface UnfinishedName {
  readonly start: number;
  readonly member: OmittedMember;
}

/** An object or array that is open. */
export class OpenBranch {
  readonly parent: OpenBranch | undefined;
  readonly isArray: boolean;
  #firstName: string | undefined;
  /** Most objects are small: no Set until the second name. */
  #names: Set<string> | undefined;

  constructor(parent: OpenBranch | undefined, isArray: boolean) {
    this.parent = parent;
    this.isArray = isArray;
  }

  /** @returns false when the name was there already. */
  addName(name: string): boolean {
    if (this.#firstName === undefined) {
      this.#firstName = name;
      return true;
    }
    this.#names ??= new Set([this.#firstName]);
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    return true;
  }
}
