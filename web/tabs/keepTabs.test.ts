import { expect, test } from 'vitest';
import { createDraft } from '../composer/draft.ts';
import { watchUnsent } from '../composer/unsentText.ts';
import { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { MessageLog } from '../log/store/messageLog.ts';
import { directSockets } from '../../test/web/directSockets.ts';
import { createSettingsStore } from '../settings/settingsStore.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { keepTabs } from './keepTabs.ts';
import { createTabs } from './tabsStore.ts';

/** Timers run when the test says so. */
function start(typedBefore = '') {
  const timers = new Set<() => void>();
  const setTimer = (run: () => void) => {
    timers.add(run);
    return () => timers.delete(run);
  };
  const tabs = createTabs({
    homeUrl: 'ws://127.0.0.1:1',
    openSocket: directSockets({
      makeSocket: () => Object.assign(new EventTarget(), { close() {} }) as unknown as WebSocket,
      nowMs: () => 0,
    }),
    nowMs: () => 0,
    setTimer: () => () => undefined,
    createDraft,
    watchUnsent,
    nameOf: (url) => url,
    createLog: () =>
      new MessageLog({
        onNextFrame: (run) => run(),
        nowMs: () => 0,
        setTimer: () => () => undefined,
      }),
  });
  if (typedBefore !== '') tabs.active().draft.typed(typedBefore);
  const stored = storedInMemory();
  const settings = createSettingsStore(storedInMemory());
  const hidden = new HiddenTokens(() => crypto.randomUUID());
  const kept = keepTabs(tabs, { stored, settings, hidden, setTimer });
  const pass = () => {
    for (const run of timers) {
      timers.delete(run);
      run();
    }
  };
  return { tabs, stored, settings, kept, pass, timers };
}

test('a burst of changes is written once, a moment later', () => {
  const { tabs, stored, pass, timers } = start();
  for (const text of ['a', 'ab', 'abc']) tabs.active().draft.typed(text);
  expect(stored.read()).toBeUndefined();
  expect(timers.size).toBe(1);
  pass();
  expect(stored.read()).toContain('"text":"abc"');
});

test('what was written before the tabs were kept is kept as well', () => {
  const { stored, pass } = start('early');
  pass();
  expect(stored.read()).toContain('"text":"early"');
});

test('a page that goes away writes at once', () => {
  const { tabs, stored, kept } = start();
  tabs.open().draft.typed('late');
  kept.now();
  expect(stored.read()).toContain('"text":"late"');
});

test('tabs that were opened later are kept as well', () => {
  const { tabs, stored, pass } = start();
  const tab = tabs.open();
  pass();
  tab.draft.typed('of the second');
  pass();
  expect(stored.read()).toContain('of the second');
});

test('when remembering ends, tokens and replies are gone from the storage at once', () => {
  const { tabs, stored, settings, pass } = start();
  settings.change({ isRemembering: true });
  tabs.active().connection.variables.set('tkn', '14247375118774737462');
  tabs.active().log.observe({
    type: 'entry',
    entry: {
      kind: 'connection',
      id: 1,
      atMs: 0,
      event: { event: 'connected', host: 'a row' },
    },
  });
  pass();
  expect(stored.read()).toContain('14247375118774737462');
  expect(stored.read()).toContain('a row');
  settings.change({ isRemembering: false });
  expect(stored.read()).not.toContain('14247375118774737462');
  expect(stored.read()).not.toContain('a row');
});
