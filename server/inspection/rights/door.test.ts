import { describe, expect, test } from 'vitest';
import { catalog, commandNames } from '../../../protocol/commands/catalog.ts';
import { fullRights, rightNames, type Right } from '../../../protocol/inspection/rights.ts';
import { inspectionExamples } from '../../../test/server/inspectionExamples.ts';
import { commandNeeds } from './commands.ts';
import { refusedEvent, whyRefused, type Guarded } from './door.ts';

const examples = inspectionExamples({ id: 's1', token: '1', key: 'k' });
const content = { text: 'x' };

/** What needs rights, and which. What is not here needs none. */
const needed: readonly (readonly [Guarded, Right[]])[] = [
  [{ type: 'sessions' }, ['look']],
  [examples.list, ['look']],
  [{ ...examples.list, content }, ['look', 'values']],
  [examples.figures, ['look']],
  [examples.watch, ['look']],
  [examples.compare, ['look']],
  [examples.stream, ['look']],
  [examples.timeline, ['look', 'values']],
  [examples.moment, ['look', 'values']],
  [examples.changes, ['look', 'values']],
  [examples.clients, ['look']],
  [examples.overview, ['look']],
  [examples.audit, ['audit']],
  [examples.cut, ['end']],
  [examples.reveal, ['look', 'values', 'change', 'end']],
  [examples.peek, ['look', 'values']],
  [examples.value, ['look', 'values']],
  [{ type: 'command', name: 'KV_SET' }, ['change']],
  [{ type: 'command', name: 'KV_CAS' }, ['values', 'change']],
  [{ type: 'command', name: 'KV_GET' }, ['look', 'values']],
  [{ type: 'command', name: 'SH_END' }, ['end']],
  [{ type: 'backup' }, ['look', 'values']],
];

const without = (right: Right) => ({
  may: rightNames.filter((each) => each !== right),
  prefix: '',
});

describe.each(needed)('%j', (guarded, rights) => {
  test.each(rightNames)(
    'is refused without the right to %s if it needs it, and only then',
    (right) => {
      const refusal = whyRefused(guarded, without(right));
      expect(refusal).toEqual(rights.includes(right) ? { right } : undefined);
    },
  );
});

test('what ends a watch, and an act before its command is read, need no right', () => {
  const nothing = { may: [], prefix: 'shop-' };
  const free = Object.values(examples).filter((each) => !whyRefused(each, nothing));
  expect(free.map(({ type }) => type)).toEqual([
    'unlist',
    'unfigures',
    'unwatch',
    'uncompare',
    'unstream',
    'untimeline',
    'unclients',
    'unoverview',
    'unaudit',
    'act',
    'unended',
  ]);
});

test('a key for some sessions gets nothing that is about all of them', () => {
  const some = { ...fullRights, prefix: 'shop-' };
  const all: Guarded[] = [{ type: 'sessions' }, ...Object.values(examples), { type: 'backup' }];
  const refused = all.filter((guarded) => whyRefused(guarded, some));
  expect(refused.map(({ type }) => type)).toEqual([
    'clients',
    'overview',
    'audit',
    'cut',
    'backup',
  ]);
  const commands = commandNames.filter((name) => whyRefused({ type: 'command', name }, some));
  expect(commands).toEqual([
    'SH_NEW',
    'SH_OPEN',
    'SH_INFO_ALL',
    'SH_END_ALL',
    'SH_EXISTS',
    'SH_SAVE',
    'SH_LOAD',
  ]);
});

test('what changes data needs the right to change or to end', () => {
  for (const name of commandNames) {
    const { rights } = commandNeeds[name];
    const isFree = !rights.includes('change') && !rights.includes('end');
    // SH_SAVE changes the disk.
    expect([name, isFree]).toEqual([name, !catalog[name].isMutating && name !== 'SH_SAVE']);
  }
});

test('a refusal names the request, what it was known by, and the right that is missing', () => {
  const event = refusedEvent(examples.value, { right: 'values' });
  expect(event).toMatchObject({ request: 'value', id: 's1', key: 'k', right: 'values' });
});
