import type { Draft } from '../composer/draft.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { Actions } from '../ui/action.ts';
import type { FirstRunStore } from './firstRunStore.ts';
import { flyMessage } from './flyMessage.ts';
import { playSession } from './playSession.ts';
import { hostOf } from '../connection/page/address.ts';
import { removableSample, type LiveList } from './removableSample.ts';
import { endSession, loadSample } from './sampleData.ts';
import { texts } from './texts.ts';

/** The page around the card. */
export interface FirstRunPage {
  readonly connection: Connection;
  readonly draft: Draft;
  /** Who knows the sessions of the server; without it nobody knows that it is empty. */
  readonly inspector: LiveList | undefined;
  readonly onSend: () => Promise<void>;
  readonly onLearn: () => void;
  /** Shows a live session, by its id. */
  readonly onInspect: (id: string) => void;
  readonly onNotify: (text: string) => void;
  /** Messages that nobody wrote go out: no lesson should follow them. */
  readonly onActing: (isActing: boolean) => void;
}

/** @returns That of the latest render. */
type Page = () => FirstRunPage;

/** Seconds that the session of the demonstration stays; longer where a person steps through it. */
const lifetimeSec = 7;
const stepwiseLifetimeSec = 20;
/** Longer than any session of the demonstration stays. */
const goneWithinMs = 30_000;

export type FirstSteps = ReturnType<typeof createFirstSteps>;

/** What the card can do. */
export function createFirstSteps(firstRun: FirstRunStore, page: Page) {
  const { store } = firstRun;
  return {
    ...createPlayer(firstRun, page),
    ...createSampleSteps(firstRun, page),
    learn: () => {
      store.setState({ play: { state: 'none' } });
      page().onLearn();
    },
    inspect: () => {
      const id = madeSession(firstRun, page());
      if (id !== undefined) page().onInspect(id);
    },
    hide: firstRun.hide,
  };
}

/** Id of the live session that was made last, here: that of the demonstration, or of the sample data. */
export function madeSession(firstRun: FirstRunStore, page: FirstRunPage): string | undefined {
  if (firstRun.store.getState().play.state === 'playing') {
    return page.inspector?.sessions().findLast(({ name }) => name === 'demo')?.id;
  }
  return removableSample(firstRun, page).findLast(({ id }) => id !== undefined)?.id;
}

/** For reduced motion: every step waits for a press. */
function isStepwise(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function createPlayer({ store }: FirstRunStore, page: Page) {
  let next = () => {};
  let stop = () => {};
  const watch = async () => {
    const { connection, draft, onSend, onActing } = page();
    const isByStep = isStepwise();
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(new Error('Skipped'));
    });
    // It may end without anybody waiting for this.
    stopped.catch(() => {});
    const pause = (ms: number) =>
      new Promise<void>((resolve) => {
        next = resolve;
        if (!isByStep) setTimeout(resolve, ms);
      });
    onActing(true);
    const end = await playSession({
      connection,
      draft,
      send: onSend,
      onStep: (at) => store.setState({ play: { state: 'playing', at } }),
      onMove: flyMessage,
      pause: (ms) => Promise.race([pause(ms), stopped]),
      gone: () => Promise.race([untilGone(page), stopped]),
      lifetimeSec: isByStep ? stepwiseLifetimeSec : lifetimeSec,
    });
    onActing(false);
    store.setState({ play: { state: 'ended', end } });
  };
  return { watch, isStepwise, next: () => next(), skip: () => stop() };
}

function createSampleSteps(firstRun: FirstRunStore, page: Page) {
  const { store } = firstRun;
  const load = async () => {
    const { connection, onActing, onNotify } = page();
    store.setState({ isLoading: true, isSampleHidden: false, play: { state: 'none' } });
    onActing(true);
    const { sessions, isComplete } = await loadSample(connection);
    onActing(false);
    firstRun.loaded(hostOf(connection.store.getState().url), sessions);
    store.setState({ isLoading: false });
    if (!isComplete) onNotify(texts.notAllLoaded);
  };
  const remove = async () => {
    const { connection, inspector, onActing, onNotify } = page();
    onActing(true);
    let isComplete = true;
    for (const { session, id } of removableSample(firstRun, page())) {
      const token =
        firstRun.tokenOf(session) ??
        (id === undefined ? undefined : await inspector?.questions.askToken(id));
      const isGone = token !== undefined && (await endSession(connection, token));
      if (isGone) firstRun.removed([session]);
      isComplete &&= isGone;
    }
    onActing(false);
    onNotify(isComplete ? texts.removed : texts.notAllRemoved);
  };
  return { load, remove };
}

/** For the palette, also when the card is hidden. */
export function firstRunActions(firstRun: FirstRunStore, page: Page, steps: FirstSteps): Actions {
  const { store } = firstRun;
  const group = texts.firstSteps;
  const isFree = () => {
    const { play, isLoading } = store.getState();
    return play.state !== 'playing' && !isLoading;
  };
  const isOpen = () => page().connection.store.getState().status.state === 'open';
  const hasSample = () => removableSample(firstRun, page()).length > 0;
  return {
    'firstRun.watch': {
      label: texts.watch,
      group,
      isEnabled: () => isFree() && isOpen(),
      run: () => void steps.watch(),
    },
    'firstRun.load': {
      label: texts.loadSample,
      group,
      isEnabled: () => isFree() && isOpen() && !hasSample(),
      run: () => void steps.load(),
    },
    'firstRun.remove': {
      label: texts.removeSample,
      group,
      isEnabled: () => isFree() && hasSample(),
      run: () => void steps.remove(),
    },
    'firstRun.inspect': {
      label: texts.inspect,
      group,
      isEnabled: () => madeSession(firstRun, page()) !== undefined,
      run: steps.inspect,
    },
  };
}

/** Until the inspector no longer lists the session, if it ever did. */
function untilGone(page: Page): Promise<void> {
  const { inspector } = page();
  const isThere = () => inspector?.sessions().some(({ name }) => name === 'demo') ?? false;
  return new Promise((resolve) => {
    let unfollow = () => {};
    const done = () => {
      clearTimeout(timer);
      unfollow();
      resolve();
    };
    const timer = setTimeout(done, goneWithinMs);
    if (inspector && isThere()) {
      unfollow = inspector.store.subscribe(() => isThere() || done());
    } else done();
  });
}
