import { workerSockets } from '../connection/workerSockets.ts';
import { createSavedMessages, type SavedMessages } from '../composer/savedMessages.ts';
import { Inspector } from '../inspector/inspector.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settingsStore.ts';
import { shippedLessons } from '../tutorial/shippedLessons.ts';
import { createTutorialStore, type TutorialStore } from '../tutorial/tutorialStore.ts';
import { storedText } from '../ui/stored.ts';
import { createTabs, type Tabs } from './tabsStore.ts';

/** Everything that lives as long as the page, made once and handed down. */
export interface Console {
  readonly tabs: Tabs;
  readonly settings: SettingsStore;
  readonly saved: SavedMessages;
  readonly inspector: Inspector;
  readonly tutorial: TutorialStore;
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
  const tabs = createTabs({
    homeUrl,
    openSocket: workerSockets(nowMs),
    origin: window.location.origin,
    isHidden: () => document.hidden,
    nowMs,
    setTimer,
    onNextFrame,
  });
  return {
    tabs,
    settings: createSettingsStore(storedText('settings')),
    inspector,
    tutorial: createTutorialStore({
      lessons: shippedLessons.lessons,
      stored: storedText('tutorial'),
    }),
    saved: createSavedMessages(storedText('messages'), () => crypto.randomUUID()),
  };
}
