import { useStore } from 'zustand';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { broadQuery } from '../ui/windowSize.ts';
import type { Settings, SettingsStore } from './settingsStore.ts';

/** Whether composer and response stand side by side. */
export function isTwoPane({ panes }: Settings, isBroad: boolean): boolean {
  return panes === 'auto' ? isBroad : panes === 'sideBySide';
}

/** Whether composer and response stand side by side now; follows the window. */
export function useTwoPane({ store }: SettingsStore): boolean {
  const isBroad = useMediaQuery(broadQuery);
  return useStore(store, (chosen) => isTwoPane(chosen, isBroad));
}

/** Changes from one to the other. What the window would choose is not kept as a choice. */
export function toggleTwoPane({ store, change }: SettingsStore): void {
  const isBroad = window.matchMedia(broadQuery).matches;
  change({ panes: otherPanes(store.getState(), isBroad) });
}

/** The choice after the switch was pressed. */
export function otherPanes(chosen: Settings, isBroad: boolean): Settings['panes'] {
  const isOn = !isTwoPane(chosen, isBroad);
  if (isOn === isBroad) return 'auto';
  return isOn ? 'sideBySide' : 'stacked';
}
