import { workerSockets } from '../connection/workerSockets.ts';
import { createSavedMessages, type SavedMessages } from '../library/savedMessages.ts';
import { Inspector } from '../inspector/inspector.ts';
import { createHistory, type History } from '../library/history.ts';
import { createReferenceStore, type ReferenceStore } from '../reference/referenceStore.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settingsStore.ts';
import { storedText } from '../ui/stored.ts';
import type { LearnSide } from './learnSide.ts';
import { createPaneSizes, type PaneSizesStore } from './paneSizes.ts';
import { createTabs, type Tabs } from './tabsStore.ts';

/** Everything that lives as long as the page, made once and handed down. */
export interface Console {
  readonly tabs: Tabs;
  readonly settings: SettingsStore;
  readonly saved: SavedMessages;
  readonly history: History;
  readonly inspector: Inspector;
  readonly reference: ReferenceStore;
  readonly paneSizes: PaneSizesStore;
  /** Fetches the tutorial, the same one each time. */
  readonly loadLearnSide: () => Promise<LearnSide>;
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

/** A server that does not answer for so long counts as one that is not there. */
const ticketTimeoutMs = 10_000;

async function fetchTicket(): Promise<string> {
  const answer = await fetch('/inspect/ticket', {
    cache: 'no-store',
    signal: AbortSignal.timeout(ticketTimeoutMs),
  });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.text();
}

/** Wires the stores to the browser. */
export function createConsole(): Console {
  const { protocol, host } = window.location;
  const homeUrl = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  const inspector = new Inspector({
    fetchTicket,
    makeSocket: (protocols) => new WebSocket(`${homeUrl}/inspect`, protocols),
    nowMs,
    setTimer,
    onNextFrame,
  });
  inspector.start();
  const history = createHistory({ stored: storedText('history'), setTimer });
  window.addEventListener('pagehide', history.flush);
  const tabs = createTabs({
    homeUrl,
    onFeed: (event, { store }) => history.observe(event, store.getState().variables),
    openSocket: workerSockets(),
    origin: window.location.origin,
    isHidden: () => document.hidden,
    nowMs,
    setTimer,
    onNextFrame,
  });
  let learnSide: LearnSide | undefined;
  return {
    tabs,
    settings: createSettingsStore(storedText('settings')),
    inspector,
    history,
    reference: createReferenceStore(),
    paneSizes: createPaneSizes(storedText('panes')),
    loadLearnSide: async () => {
      const { createLearnSide } = await import('./learnSide.ts');
      return (learnSide ??= createLearnSide());
    },
    saved: createSavedMessages(storedText('messages'), () => crypto.randomUUID()),
  };
}
