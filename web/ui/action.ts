import type { Keys } from './keys.ts';

/** Actions by name. The names stay: choices of keys and recent choices are kept by them. */
export type Actions = Readonly<Record<string, Action>>;

/** One thing that the console can do, whichever way it is asked for. */
export interface Action {
  readonly label: string;
  readonly group: string;
  readonly keys?: Keys;
  /** The part of the page that has the focus takes the keys itself. */
  readonly isKeyElsewhere?: true;
  /** The palette has something better than this. */
  readonly isUnlisted?: true;
  /** Absent: always. */
  readonly isEnabled?: () => boolean;
  /** @param which Of several keys: the one that was pressed. */
  readonly run: (which?: number) => void;
}
