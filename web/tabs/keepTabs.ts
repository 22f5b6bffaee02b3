import type { SetTimer } from '../../protocol/clock.ts';
import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import type { SettingsStore } from '../settings/settingsStore.ts';
import type { StoredText } from '../ui/stored.ts';
import type { Tab } from './tab.ts';
import type { Tabs } from './tabsStore.ts';
import { writeTabs } from './writeTabs.ts';

interface Keeper {
  readonly stored: StoredText;
  readonly settings: SettingsStore;
  readonly hidden: HiddenTokens;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
}

/** For when the page closes. */
interface Keeping {
  /** Writes at once. */
  readonly now: () => void;
  /** Whether messages wait for a connection: they are not kept, as they hold tokens. */
  readonly losesMessages: () => boolean;
}

/** A pause in typing, and soon enough for a crash to lose little. */
const keepAfterMs = 500;

/**
 * Writes the tabs to the browser's storage a moment after they change.
 */
export function keepTabs(tabs: Tabs, { stored, settings, hidden, setTimer }: Keeper): Keeping {
  let stopTimer: (() => void) | undefined;
  const write = () => {
    stopTimer?.();
    stopTimer = undefined;
    const { isRemembering } = settings.store.getState();
    stored.write(writeTabs(tabs.store.getState(), { isRemembering, hidden }));
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
      hidden.learn(connection.store.getState().variables);
      connection.store.subscribe(({ variables }, before) => {
        if (variables !== before.variables) hidden.learn(variables);
        soon();
      });
      draft.store.subscribe(soon);
      log.store.subscribe(() => settings.store.getState().isRemembering && soon());
    }
  };
  watchAll();
  // This code is loaded after the first paint: what was written before must not wait for a change.
  soon();
  tabs.store.subscribe(() => {
    watchAll();
    soon();
  });
  // After Remember is switched off, remove what it kept at once.
  settings.store.subscribe(
    (view, before) => view.isRemembering !== before.isRemembering && write(),
  );
  const isWaiting = ({ connection }: Tab) => connection.store.getState().unsent.length > 0;
  return { now: write, losesMessages: () => tabs.store.getState().tabs.some(isWaiting) };
}

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
