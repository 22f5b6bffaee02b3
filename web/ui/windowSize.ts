import { useMediaQuery } from './useMediaQuery.ts';

/** Panels stand side by side from this width on; below it one is shown at a time. */
const wideQuery = '(min-width: 900px)';
/** The panels at both sides may be open beside two panes. */
const roomyQuery = '(min-width: 1200px)';
/** Two panes side by side have room for whole lines. */
export const broadQuery = '(min-width: 1700px)';

/** Whether one panel is shown at a time now. */
export const isNarrow = () => !window.matchMedia(wideQuery).matches;

/** Windows in which the same sizes of panes make sense. */
export type WindowSize = 'narrow' | 'wide' | 'roomy' | 'broad';

/** The size of the window now; follows it. */
export function useWindowSize(): WindowSize {
  const isWide = useMediaQuery(wideQuery);
  const isRoomy = useMediaQuery(roomyQuery);
  const isBroad = useMediaQuery(broadQuery);
  if (isBroad) return 'broad';
  if (isRoomy) return 'roomy';
  return isWide ? 'wide' : 'narrow';
}
