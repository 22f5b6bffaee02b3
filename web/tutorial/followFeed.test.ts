import { expect, test } from 'vitest';
import type { FeedEvent } from '../connection/exchange.ts';
import type { Feed } from './followFeed.ts';
import { openScripted } from './scriptedConnection.ts';
import { shippedLessons } from './shippedLessons.ts';
import { createTutorialStore } from './tutorialStore.ts';

test('a reply that comes after another tab went to the front is not judged', async () => {
  const listeners = new Set<(event: FeedEvent) => void>();
  const feed: Feed = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store: { getState: () => ({ variables: new Map() }) },
  };
  const tutorial = createTutorialStore({
    lessons: shippedLessons.lessons,
    stored: { read: () => undefined, write: () => true, setAside: () => {}, follow: () => {} },
  });
  const connection = await openScripted(() => [
    '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}',
  ]);
  const recorded: FeedEvent[] = [];
  connection.subscribe((event) => recorded.push(event));
  connection.send('{"SH_INFO_ALL":{}}');
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
