import { createDraft } from '../composer/draft.ts';
import { watchUnsent } from '../composer/unsentText.ts';
import { workerSockets } from '../connection/page/workerSockets.ts';
import { MessageLog } from '../log/store/messageLog.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settingsStore.ts';
import { createActionRegistry, type ActionRegistry } from '../ui/action.ts';
import { late } from '../ui/late.tsx';
import { homeUrl, nowMs, onNextFrame, setTimer } from '../ui/pageClock.ts';
import { pageStorage, type PageStorage, type StoredText } from '../ui/stored.ts';
import { createNews, type NewsStore } from '../tabs/news.ts';
import { readTabs } from '../tabs/savedTabs.ts';
import { createShell, type Shell } from '../layout/shellStore.ts';
import { createServers, type Servers } from '../servers/servers.ts';
import { createShortcuts, type Shortcuts } from '../settings/shortcutChoices.ts';
import { createLateFeatures, type LateFeatures } from './lateFeatures.ts';
import { createPaneSizes, type PaneSizesStore } from '../layout/paneSizes.ts';
import { createTabs, type Tabs } from '../tabs/tabsStore.ts';

/** What the page has from start to end, made once. */
export interface AppParts extends LateFeatures {
  readonly tabs: Tabs;
  readonly news: NewsStore;
  readonly servers: Servers;
  readonly shell: Shell;
  readonly storage: PageStorage;
  readonly settings: SettingsStore;
  readonly shortcuts: Shortcuts;
  readonly paneSizes: PaneSizesStore;
  /** All that can be done. */
  readonly registry: ActionRegistry;
  /** Offers the actions that the page does not begin with. */
  readonly loadActions: () => Promise<void>;
}

const loadKeeping = late(() =>
  Promise.all([import('../tabs/keepTabs.ts'), import('../connection/page/hiddenTokens.ts')]),
);
const loadWatch = late(async () => (await import('./watchTabs.ts')).watchTabs);
/** Between two attempts to load what the page must have. */
const loadAgainMs = 5000;

/** Tries again until it works: without it, the tabs would be lost at the next reload. */
function untilDone(start: () => Promise<void>): void {
  start().catch(() => setTimer(() => untilDone(start), loadAgainMs));
}

/** Keeps the tabs in the browser from now on. */
function startKeeping(tabs: Tabs, stored: StoredText, settings: SettingsStore): void {
  // Until what keeps the tabs has loaded, leaving the page loses all that was written.
  let losesWork = () => tabs.store.getState().tabs.some(({ unsent }) => unsent.isUnsent());
  window.addEventListener('beforeunload', (event) => {
    if (losesWork()) event.preventDefault();
  });
  untilDone(async () => {
    const [{ keepTabs, probeAsWanted }, { pageTokens: hidden }] = await loadKeeping();
    probeAsWanted(tabs, settings);
    const kept = keepTabs(tabs, { stored, settings, hidden, setTimer });
    window.addEventListener('pagehide', kept.now);
    losesWork = kept.losesMessages;
  });
}

/** Wires the stores to the browser. */
export function createParts(): AppParts {
  const storage = pageStorage();
  const storedText = storage.text;
  const settings = createSettingsStore(storedText('settings'));
  const features = createLateFeatures({
    storedText,
    homeUrl: homeUrl(),
    nowMs,
    setTimer,
    onNextFrame,
  });
  const shell = createShell();
  const servers = createServers(storedText('servers'));
  const storedTabs = storage.windowText('tabs');
  const tabs = createTabs({
    saved: readTabs(storedTabs),
    homeUrl: homeUrl(),
    onSent: (entry, { store }) => {
      const { variables } = store.getState();
      // What is sent before the history is here waits for it; without it nothing is remembered.
      void features.loadLibrary().then(
        ({ history }) => history.remember(entry, variables),
        () => {},
      );
    },
    openSocket: workerSockets(),
    origin: window.location.origin,
    isHidden: () => document.hidden,
    nowMs,
    setTimer,
    createDraft,
    watchUnsent,
    createLog: () => new MessageLog({ nowMs, setTimer, onNextFrame }),
    nameOf: (url) => servers.of(url).name,
    isProduction: (url) => servers.of(url).mode === 'production',
  });
  servers.known.store.subscribe(tabs.retitle);
  startKeeping(tabs, storedTabs, settings);
  const registry = createActionRegistry();
  const parts: AppParts = {
    tabs,
    news: createNews(),
    servers,
    shell,
    storage,
    settings,
    shortcuts: createShortcuts(storedText('shortcuts')),
    paneSizes: createPaneSizes(storedText('panes')),
    registry,
    loadActions: late(async () => {
      const { createLateActions, pageContents } = await import('./lateActions.ts');
      const actions = createLateActions(parts);
      registry.actions.offer(() => actions);
      registry.contents.offer(() => pageContents(parts));
    }),
    ...features,
  };
  untilDone(async () => (await loadWatch())(parts));
  return parts;
}
