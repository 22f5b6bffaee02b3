import { describe, expect, test } from 'vitest';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { fullRights, rightNames, type Right } from '../../../protocol/inspection/rights.ts';
import { refusedEvent, whyRefused, type Guarded } from './door.ts';

const list = { number: 1, sort: 'name', descending: false, find: '', from: 0, count: 9 } as const;

/** One of each type, and the rights that it needs. */
const examples: {
  readonly [T in Guarded['type']]: readonly [Extract<Guarded, { type: T }>, Right[]];
} = {
  sessions: [{ type: 'sessions' }, ['look']],
  list: [{ type: 'list', ...list }, ['look']],
  unlist: [{ type: 'unlist', number: 1 }, []],
  figures: [{ type: 'figures', number: 1, separator: ':', count: 9 }, ['look']],
  unfigures: [{ type: 'unfigures' }, []],
  watch: [{ type: 'watch', id: 's1' }, ['look']],
  unwatch: [{ type: 'unwatch' }, []],
  stream: [{ type: 'stream', number: 1 }, ['look']],
  unstream: [{ type: 'unstream' }, []],
  timeline: [{ type: 'timeline', number: 1, id: 's1', count: 9 }, ['look', 'values']],
  untimeline: [{ type: 'untimeline' }, []],
  moment: [{ type: 'moment', number: 1, id: 's1', at: 0, from: 0, count: 9 }, ['look', 'values']],
  changes: [{ type: 'changes', number: 1, id: 's1', from: 0, end: 1 }, ['look', 'values']],
  clients: [{ type: 'clients', number: 1 }, ['look']],
  unclients: [{ type: 'unclients' }, []],
  act: [{ type: 'act', number: 1, message: '' }, ['look', 'values', 'change', 'end']],
  overview: [{ type: 'overview', number: 1 }, ['look']],
  unoverview: [{ type: 'unoverview' }, []],
  cut: [{ type: 'cut', connection: 1, reason: '' }, ['end']],
  reveal: [{ type: 'reveal', id: 's1' }, ['look', 'values', 'change', 'end']],
  peek: [{ type: 'peek', token: '1' }, ['look', 'values']],
  value: [{ type: 'value', id: 's1', key: 'k' }, ['look', 'values']],
  backup: [{ type: 'backup' }, ['look', 'values']],
};

describe.each(Object.entries(examples))('%s', (_type, [guarded, needed]) => {
  test.each(rightNames)(
    'is refused without the right to %s if it needs it, and only then',
    (right) => {
      const may = rightNames.filter((each) => each !== right);
      const refusal = whyRefused(guarded, { may, prefix: '' });
      expect(refusal).toEqual(needed.includes(right) ? { right } : undefined);
    },
  );
});

test('a list of what values hold needs the right to see them', () => {
  const may = rightNames.filter((each) => each !== 'values');
  const guarded: Guarded = { type: 'list', ...list, content: { text: 'a' } };
  expect(whyRefused(guarded, { may, prefix: '' })).toEqual({ right: 'values' });
  expect(whyRefused(guarded, fullRights)).toBeUndefined();
});

test('a key for some sessions gets nothing that is about all of them', () => {
  const refused = Object.values(examples).flatMap(([guarded]) => {
    const refusal = whyRefused(guarded, { ...fullRights, prefix: 'shop-' });
    return refusal ? [guarded.type] : [];
  });
  expect(refused).toEqual(['clients', 'act', 'overview', 'cut', 'backup']);
});

test('a refusal names the request, what it was known by, and the right that is missing', () => {
  const request: InspectionRequest = { type: 'value', id: 's1', key: 'k' };
  const event = refusedEvent(request, { right: 'values' });
  expect(event).toMatchObject({ request: 'value', id: 's1', key: 'k', right: 'values' });
});
