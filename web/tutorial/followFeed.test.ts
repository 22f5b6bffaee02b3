import { expect, test } from 'vitest';
import type { FeedEvent } from '../connection/page/exchange.ts';
import type { Feed } from './followFeed.ts';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { shippedLessons } from './shippedLessons.ts';
import { createTutorialStore } from './tutorialStore.ts';
import { outgoing } from '../connection/page/outgoing.ts';

const stored = { read: () => undefined, write: () => true, setAside: () => {}, follow: () => {} };
const token = '14247375118774737462';
const { lessons } = shippedLessons;

test('after the deadline only a token counts that the page has had', async () => {
  const gone = (of: string) =>
    `{"SH_INFO_RSP":{"st":100,"tkn":"${of}","shared":null,"keyCnt":null}}`;
  const connection = await openScripted((request) => {
    if (request.includes('SH_NEW')) {
      return [`{"SH_NEW_RSP":{"st":1,"name":"one-time code","tkn":"${token}"}}`];
    }
    return [gone(request.includes(token) ? token : '5')];
  });
  const tutorial = createTutorialStore({ lessons, stored });
  tutorial.follow(connection);
  const step = 'sessions-that-expire/after-the-deadline';
  const ask = (of: string) => {
    tutorial.openStep('after-the-deadline');
    connection.send(outgoing(`{"SH_INFO":{"tkn":"${of}"}}`));
    return tutorial.store.getState().results.get(step);
  };
  tutorial.openLesson('sessions-that-expire');
  connection.send(
    outgoing('{"SH_NEW":{"name":"one-time code","expiry":{"duration":15,"deleteSession":true}}}'),
  );
  expect(ask('5')).toMatchObject({
    say: expect.stringContaining('never had a session with that token'),
    offer: { label: 'Use my token' },
  });
  expect(tutorial.store.getState().ticked.has(step)).toBe(false);
  expect(ask(token)).toMatchObject({ state: 'passed' });
  expect(tutorial.store.getState().ticked.has(step)).toBe(true);
  // The variable has gone with the session; the page still knows the token.
  expect(ask(token)).toMatchObject({ state: 'passed' });
});

test('a reply that comes after another tab went to the front is not judged', async () => {
  const listeners = new Set<(event: FeedEvent) => void>();
  const feed: Feed = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store: { getState: () => ({ variables: new Map(), url: 'ws://none', subprotocols: [] }) },
  };
  const tutorial = createTutorialStore({ lessons, stored });
  const connection = await openScripted(() => [
    '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}',
  ]);
  const recorded: FeedEvent[] = [];
  connection.subscribe((event) => recorded.push(event));
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  const replay = (kind: 'sent' | 'received') => {
    const events = recorded.filter(({ type, ...rest }) => {
      return type === 'entry' && 'entry' in rest && rest.entry.kind === kind;
    });
    for (const event of events) for (const listener of listeners) listener(event);
  };
  const stop = tutorial.follow(feed);
  replay('sent');
  stop();
  replay('received');
  expect(tutorial.store.getState()).toMatchObject({ ticked: new Set(), results: new Map() });
  tutorial.follow(feed);
  replay('sent');
  replay('received');
  expect(tutorial.store.getState().ticked.size).toBe(1);
});
