import type { SettingsStore } from '../settings/settingsStore.ts';
import type { StoredText } from '../ui/stored.ts';
import type { Tab } from './tab.ts';
import type { Tabs } from './tabsStore.ts';
import { writeTabs } from './writeTabs.ts';

interface Keeper {
  readonly stored: StoredText;
  readonly settings: SettingsStore;
  /** @returns The function that stops the timer. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

/** A pause in typing, and soon enough for a crash to lose little. */
const keepAfterMs = 500;

/**
 * Writes the tabs to the browser's storage a moment after they change.
 * @returns `now`, for when the page goes away.
 */
export function keepTabs(tabs: Tabs, { stored, settings, setTimer }: Keeper): { now: () => void } {
  let stopTimer: (() => void) | undefined;
  const write = () => {
    stopTimer?.();
    stopTimer = undefined;
    const { isRemembering } = settings.store.getState();
    stored.write(writeTabs(tabs.store.getState(), { isRemembering }));
  };
  const soon = () => {
    stopTimer ??= setTimer(write, keepAfterMs);
  };
  /** Tabs end with their stores, so nobody has to stop listening. */
  const watched = new WeakSet<Tab['connection']>();
  const watchAll = () => {
    for (const { connection, draft, log } of tabs.store.getState().tabs) {
      if (watched.has(connection)) continue;
      watched.add(connection);
      connection.store.subscribe(soon);
      draft.store.subscribe(soon);
      log.store.subscribe(() => settings.store.getState().isRemembering && soon());
    }
  };
  watchAll();
  tabs.store.subscribe(() => {
    watchAll();
    soon();
  });
  // What is not wanted any more must not lie around until the next change.
  settings.store.subscribe(
    (view, before) => view.isRemembering !== before.isRemembering && write(),
  );
  return { now: write };
}
