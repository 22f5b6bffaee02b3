/** Something that a part of the page can do and that is out of sight, such as a choice of a menu. */
export interface Offer {
  readonly name: string;
  /** Stands for something that comes and goes, such as a value that was received. */
  readonly isFleeting: boolean;
  readonly run: () => void;
}

const offers = new WeakMap<Element, () => readonly Offer[]>();

/** Tells others what an element offers besides what is seen of it. They ask when they need it. */
export function offerAt(element: Element, list: () => readonly Offer[]): void {
  offers.set(element, list);
}

/** What the element offers now. */
export function offersOf(element: Element): readonly Offer[] {
  return offers.get(element)?.() ?? [];
}
