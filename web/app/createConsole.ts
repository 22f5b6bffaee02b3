import { workerSockets } from '../connection/page/workerSockets.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settingsStore.ts';
import { late } from '../ui/late.tsx';
import { createStorage, type PageStorage } from '../ui/stored.ts';
import { readTabs } from './savedTabs.ts';
import { createShell, type Shell } from './shellStore.ts';
import { createShortcuts, type Shortcuts } from './shortcutChoices.ts';
import { createFetchedSides, type FetchedSides } from './fetchedSides.ts';
import { createPaneSizes, type PaneSizesStore } from './paneSizes.ts';
import { createTabs, type Tabs } from './tabsStore.ts';

/** Everything that lives as long as the page, made once and handed down. */
export interface Console extends FetchedSides {
  readonly tabs: Tabs;
  readonly shell: Shell;
  readonly storage: PageStorage;
  readonly settings: SettingsStore;
  readonly shortcuts: Shortcuts;
  readonly paneSizes: PaneSizesStore;
}

/** Unix time in milliseconds that never jumps back. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function setTimer(run: () => void, delayMs: number): () => void {
  const timer = window.setTimeout(run, delayMs);
  return () => window.clearTimeout(timer);
}

/** A hidden page gets no frames: a timer takes their place, so that recording goes on. */
function onNextFrame(run: () => void): void {
  if (document.hidden) window.setTimeout(run, 100);
  else requestAnimationFrame(run);
}

const loadKeepTabs = late(() => import('./keepTabs.ts'));
/** Between two attempts to load what the page must have. */
const loadAgainMs = 5000;

/** Tries again until it works: without it, the tabs would be lost at the next reload. */
async function untilDone(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch {
    setTimer(() => void untilDone(start), loadAgainMs);
  }
}

/** Wires the stores to the browser. */
export function createConsole(): Console {
  const { protocol, host } = window.location;
  const homeUrl = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  const storage = createStorage({
    lasting: () => localStorage,
    window: () => sessionStorage,
    events: window,
  });
  const storedText = storage.text;
  const settings = createSettingsStore(storedText('settings'));
  const sides = createFetchedSides({ storedText, homeUrl, nowMs, setTimer, onNextFrame });
  const shell = createShell();
  const storedTabs = storage.windowText('tabs');
  const tabs = createTabs({
    saved: readTabs(storedTabs),
    homeUrl,
    onFeed: (event, { store }) => {
      if (event.type !== 'entry' || event.entry.kind !== 'sent') return;
      const { variables } = store.getState();
      // What is sent before the history is here waits for it; without it nothing is remembered.
      void sides.loadLibrarySide().then(
        ({ history }) => history.observe(event, variables),
        () => {},
      );
    },
    openSocket: workerSockets(),
    origin: window.location.origin,
    isHidden: () => document.hidden,
    nowMs,
    setTimer,
    onNextFrame,
  });
  const startKeeping = async () => {
    const { keepTabs, probeAsWanted } = await loadKeepTabs();
    probeAsWanted(tabs, settings);
    const kept = keepTabs(tabs, { stored: storedTabs, settings, setTimer });
    window.addEventListener('pagehide', kept.now);
    window.addEventListener('beforeunload', (event) => {
      if (kept.losesMessages()) event.preventDefault();
    });
  };
  void untilDone(startKeeping);
  return {
    tabs,
    shell,
    storage,
    settings,
    shortcuts: createShortcuts(storedText('shortcuts')),
    paneSizes: createPaneSizes(storedText('panes')),
    ...sides,
  };
}
