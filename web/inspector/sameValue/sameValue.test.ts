import { expect, test } from 'vitest';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { summary } from '../../../test/web/inspectionPeer.ts';
import { faultsOf, SameValueSearch } from './sameValue.ts';

const member = { key: 'user', path: "$['id']", value: ' 12345678901234567890 ' };

function opened() {
  const asked: InspectionRequest[] = [];
  let number = 0;
  const search = new SameValueSearch({
    ask: (request) => asked.push(request) > 0,
    add: () => () => undefined,
    newNumber: () => (number += 1),
    onNextFrame: (run) => run(),
  });
  const say = (
    sessions: readonly SessionSummary[],
    more: { number?: number; ids?: string[] } = {},
  ) =>
    search.receive({
      type: 'rows',
      number,
      nowMs: 0,
      from: 0,
      groups: undefined,
      ids: sessions.map(({ id }) => id),
      length: sessions.length,
      matching: sessions.length,
      all: 9,
      allKeys: 9,
      changed: [...sessions],
      looked: undefined,
      stopped: undefined,
      ...more,
    });
  const names = () => {
    const { found } = search.store.getState();
    return found.state === 'found' ? found.sessions.map(({ name }) => name) : found.state;
  };
  return { search, asked, say, names };
}

test('it asks for sessions with this value in this member, digit for digit', () => {
  const { search, asked } = opened();
  search.search(member);
  expect(asked).toMatchObject([
    {
      type: 'list',
      content: {
        key: 'user',
        path: "$['id']",
        condition: { operator: '==', value: '12345678901234567890' },
      },
    },
  ]);
});

test('sessions that come and go are followed, and only what changed is sent again', () => {
  const { search, say, names } = opened();
  search.search(member);
  expect(names()).toBe('searching');
  say([summary('1', 'one'), summary('2', 'two')]);
  expect(names()).toEqual(['one', 'two']);
  say([], { ids: ['2', '1'] });
  expect(names()).toEqual(['two', 'one']);
  say([summary('3', 'three')], { ids: ['3', '2'] });
  expect(names()).toEqual(['three', 'two']);
});

test('another search ends the one before, and what comes of that is left aside', () => {
  const { search, asked, say, names } = opened();
  search.search(member);
  search.search({ ...member, value: '2' });
  expect(asked[1]).toEqual({ type: 'unlist', number: 1 });
  say([summary('1', 'one')], { number: 1 });
  expect(names()).toBe('searching');
});

test.each([
  [{ key: '' }, 'key'],
  [{ path: 'id' }, 'path'],
  [{ value: 'ana' }, 'value'],
  [{ value: '' }, 'value'],
])('%j cannot be searched for, and says so', (part, field) => {
  expect(faultsOf(member)).toEqual({});
  expect(Object.keys(faultsOf({ ...member, ...part }))).toEqual([field]);
});
