import { expect, test } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { directSockets } from '../connection/directSockets.ts';
import { createTabs, maxTabs } from './tabsStore.ts';

function startTabs() {
  return createTabs({
    homeUrl: 'ws://127.0.0.1:1',
    openSocket: directSockets({
      makeSocket: (url) => new NodeWebSocket(url) as unknown as WebSocket,
      nowMs: () => performance.now(),
    }),
    nowMs: () => performance.now(),
    setTimer: () => () => undefined,
    onNextFrame: () => undefined,
  });
}

test('closing the active tab makes its neighbour the active one', () => {
  const tabs = startTabs();
  const first = tabs.active();
  const second = tabs.open();
  const third = tabs.open();
  tabs.activate(second.id);
  tabs.close(second.id);
  expect(tabs.active()).toBe(third);
  tabs.close(third.id);
  expect(tabs.active()).toBe(first);
});

test('closing the last tab opens a fresh one', () => {
  const tabs = startTabs();
  const only = tabs.active();
  tabs.close(only.id);
  expect(tabs.store.getState().tabs).toHaveLength(1);
  expect(tabs.active()).not.toBe(only);
});

test('there are never more tabs than the limit', () => {
  const tabs = startTabs();
  for (let count = 0; count < maxTabs + 5; count += 1) tabs.open();
  expect(tabs.store.getState().tabs).toHaveLength(maxTabs);
});
