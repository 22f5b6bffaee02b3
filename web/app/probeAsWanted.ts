import type { SettingsStore } from '../settings/settingsStore.ts';
import type { Tabs } from './tabsStore.ts';

/** Every tab's connection measures its round trip, or not, as the settings say. */
export function probeAsWanted(tabs: Tabs, settings: SettingsStore): void {
  const apply = () => {
    const { isProbing } = settings.store.getState();
    for (const { connection } of tabs.store.getState().tabs) {
      if (connection.store.getState().options.isProbing !== isProbing) {
        connection.setOptions({ isProbing });
      }
    }
  };
  apply();
  tabs.store.subscribe(apply);
  settings.store.subscribe(apply);
}
