import { expect, test } from 'vitest';
import type { Entry } from '../connection/page/exchange.ts';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { createNews } from './news.ts';
import { signsOf } from './pageSigns.ts';
import type { Tabs } from './tabsStore.ts';
import { createStore } from 'zustand/vanilla';
import { outgoing } from '../connection/page/outgoing.ts';
import { watchNews } from './watchNews.ts';

const isFailure = (entry: Entry) => entry.kind === 'received' && entry.text.includes('100');

/** Two tabs, the first in front; timers run when the test says so. */
async function start() {
  const reply = () => ['{"SH_INFO_ALL_RSP":{"st":100}}'];
  const [front, back] = [await openScripted(reply), await openScripted(reply)];
  const store = createStore(() => ({
    tabs: [
      { id: 'front', connection: front },
      { id: 'back', connection: back },
    ],
    activeId: 'front',
  }));
  const news = createNews();
  const timers: (() => void)[] = [];
  const page = { isHidden: false };
  const onSeen = watchNews({ store } as unknown as Tabs, {
    news,
    isFailure,
    isHidden: () => page.isHidden,
    setTimer: (run) => {
      timers.push(run);
      return () => {};
    },
  });
  const pass = () => timers.splice(0).forEach((run) => run());
  const activate = (activeId: string) => store.setState({ activeId });
  return { front, back, news, timers, pass, activate, page, onSeen };
}

const ask = () => outgoing('{"SH_INFO_ALL":{}}');

test('messages and failures of a tab in the background are counted until it is looked at', async () => {
  const { front, back, news, timers, pass, activate } = await start();
  for (let count = 0; count < 3; count += 1) back.send(ask());
  front.send(ask());
  await expect.poll(() => timers.length).toBe(1);
  pass();
  expect([...news.getState()]).toEqual([['back', { unread: 3, failures: 3 }]]);
  activate('back');
  expect(news.getState().size).toBe(0);
});

test('while nobody sees the page, its active tab has news as well', async () => {
  const { front, news, timers, pass, page, onSeen } = await start();
  page.isHidden = true;
  front.send(ask());
  await expect.poll(() => timers.length).toBe(1);
  pass();
  expect(news.getState().get('front')?.unread).toBe(1);
  page.isHidden = false;
  onSeen();
  expect(news.getState().size).toBe(0);
});

const close = { code: 1006, reason: '', wasOpen: true, host: 'h', subprotocols: [] };

test.each([
  [{ state: 'open', openedAtMs: 0 }, 0, { title: 'basket · Seshdeck', icon: '/icon.svg' }],
  [
    { state: 'open', openedAtMs: 0 },
    3,
    { title: '(3) basket · Seshdeck', icon: '/icon-unread.svg' },
  ],
  [
    { state: 'retrying', attempt: 1, retryAtMs: 0, close },
    3,
    { title: '(3) ⚠ Reconnecting · basket · Seshdeck', icon: '/icon-lost.svg' },
  ],
  [
    { state: 'closed', close },
    0,
    { title: '⚠ Disconnected · basket · Seshdeck', icon: '/icon-lost.svg' },
  ],
  [
    { state: 'closed', close: undefined },
    0,
    { title: 'Disconnected · basket · Seshdeck', icon: '/icon.svg' },
  ],
] as const)('of a tab that is %j with %i unread the page shows %j', (status, unread, signs) => {
  expect(signsOf({ title: 'basket' }, status, unread)).toEqual(signs);
});
