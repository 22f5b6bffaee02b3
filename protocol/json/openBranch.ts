import type { KeptMark } from './keptText.ts';
import type { Outline } from './longJson.ts';

/** A member whose name was there already. */
export interface OmittedMember {
  readonly from: OpenBranch;
  /** Where it begins; absent: it is the first, which is never left out. */
  readonly mark: KeptMark | undefined;
}

/** The name of a member, within which a step of the reading ended. */
export interface UnfinishedName {
  readonly start: number;
  readonly member: OmittedMember;
}

export interface BranchKind {
  readonly isArray: boolean;
  /** Of an object whose members are noted. */
  readonly outline: Outline | undefined;
}

export const anArray: BranchKind = { isArray: true, outline: undefined };

/** An object or array that is open. */
export class OpenBranch {
  readonly parent: OpenBranch | undefined;
  readonly isArray: boolean;
  readonly outline: Outline | undefined;
  #firstName: string | undefined;
  /** Most objects are small: no Set until the second name. */
  #names: Set<string> | undefined;

  constructor(parent: OpenBranch | undefined, { isArray, outline }: BranchKind) {
    this.parent = parent;
    this.isArray = isArray;
    this.outline = outline;
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
