import { createContext, useContext, useLayoutEffect, useRef } from 'react';
import type { Keys } from './keys.ts';

/** One thing that the console can do, whichever way it is asked for. */
export interface Action {
  readonly label: string;
  readonly group: string;
  readonly keys?: Keys;
  /** The part of the page that has the focus takes the keys itself. */
  readonly isKeyElsewhere?: true;
  /** The palette has something better than this. */
  readonly isUnlisted?: true;
  /** Comes and goes, or may hold what was received: not remembered among the recent choices. */
  readonly isFleeting?: true;
  /** The palette searches and shows it as well. */
  readonly hint?: string;
  /** Absent: always. */
  readonly isEnabled?: () => boolean;
  /** @param which Of several keys: the one that was pressed. */
  readonly run: (which?: number) => void;
}

/** Actions by name. The names stay: choices of keys and recent choices are kept by them. */
export type Actions = Readonly<Record<string, Action>>;

/** Actions that parts of the page offer for as long as they are there. */
interface Offers {
  /**
   * @param list Asked whenever somebody looks; of two actions with one name the newest offer counts.
   * @returns Takes the offer back.
   */
  readonly offer: (list: () => Actions) => () => void;
  readonly list: () => Actions;
}

/** All that can be done on the page now. */
export interface ActionRegistry {
  /** For buttons, menus, shortcuts, the palette and the list of shortcuts. */
  readonly actions: Offers;
  /** To go to or insert what there is: tabs, lessons, messages … Only the palette has them. */
  readonly contents: Offers;
}

export function createActionRegistry(): ActionRegistry {
  return { actions: createOffers(), contents: createOffers() };
}

function createOffers(): Offers {
  const offers = new Set<() => Actions>();
  return {
    offer: (list) => {
      offers.add(list);
      return () => offers.delete(list);
    },
    list: () => Object.assign({}, ...[...offers].map((list) => list())) as Actions,
  };
}

/** The registry of the page. Without one, parts of the page work the same and offer nothing. */
export const ActionsContext = createContext<ActionRegistry | undefined>(undefined);

/** Offers actions for as long as the calling part of the page is there. */
export function useActions(list: () => Actions, kind: keyof ActionRegistry = 'actions'): void {
  const registry = useContext(ActionsContext);
  const latest = useRef(list);
  useLayoutEffect(() => {
    latest.current = list;
  });
  useLayoutEffect(() => registry?.[kind].offer(() => latest.current()), [registry, kind]);
}
