/** Sessions that are added one by one, or all of a load. */
interface Group {
  /** How many sessions had been added before. */
  before: number;
  isAdded: boolean;
}

/** A place has room in a word of a row. */
const maxPlaces = 2 ** 31 - 1;

/** In which group a session was added, and its place there, from 1 on. Group 0: it is in no table. */
export interface Addition {
  group: number;
  place: number;
}

/**
 * Counts the sessions that are ever added to a table. Each has a place among all; those of a load get theirs together, in the
 * moment in which they are added.
 */
export class Additions {
  readonly #groups: Group[] = [{ before: 0, isAdded: false }];
  /** Of those that are added one by one. */
  #single = 0;
  #count = 0;

  /** How many have been added. */
  get count(): number {
    return this.#count;
  }

  /** Adds one that belongs to no load. */
  add(session: Addition): void {
    if (this.#single === 0 || this.#count - this.#beforeOf(this.#single) >= maxPlaces) {
      this.#single = this.#open({ before: this.#count, isAdded: true });
    }
    this.#count += 1;
    session.group = this.#single;
    session.place = this.#count - this.#beforeOf(this.#single);
  }

  /** @returns The number of a group whose sessions are not added yet. */
  openGroup(): number {
    return this.#open({ before: 0, isAdded: false });
  }

  /** Adds all of a group, who have had so many places. */
  addGroup(number: number, places: number): void {
    const group = this.#groups[number];
    if (!group) return;
    group.before = this.#count;
    group.isAdded = true;
    this.#count += places;
  }

  isAdded({ group }: Addition): boolean {
    return this.#groups[group]?.isAdded ?? false;
  }

  /** Of a session that has been added: its place among all that ever were, from 1 on. */
  orderOf({ group, place }: Addition): number {
    return this.#beforeOf(group) + place;
  }

  #beforeOf(group: number): number {
    return this.#groups[group]?.before ?? 0;
  }

  #open(group: Group): number {
    this.#groups.push(group);
    return this.#groups.length - 1;
  }
}
