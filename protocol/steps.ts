/**
 * Work on something long that can be put aside: it yields where others may have their turn, every few
 * milliseconds.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** A text of so many characters may take long to read. */
export const longTextLength = 64 * 1024;

/** Parts of a text that are read in one step: members, elements and what is in them. Some 5 ms. */
export const partsPerStep = 10_000;
