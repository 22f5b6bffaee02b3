import { rowsOf } from './messagesOf.ts';
import { expect, test } from 'vitest';
import { countFacets } from '../search/countFacets.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';
import { listActionOf } from './logKeys.ts';
import { everything, extended, nothingSelected, selectedEntries, toggled } from './selection.ts';
import { tokenOf } from '../search/tokenOf.ts';

function logOf(count: number) {
  const harness = new LogHarness();
  for (let added = 0; added < count; added += 1) harness.add();
  harness.settle();
  return harness.log.visible();
}

test('a range goes from where it was begun to the row pressed, either way', () => {
  const entries = logOf(10);
  const begun = toggled(nothingSelected, 4);
  expect([...extended(begun, 7, entries).ids]).toEqual([4, 5, 6, 7]);
  expect([...extended(extended(begun, 7, entries), 2, entries).ids]).toEqual([2, 3, 4]);
  expect([...extended(nothingSelected, 3, entries).ids]).toEqual([3]);
});

test('all can be chosen, single ones added and taken out, and what is gone is not counted', () => {
  const entries = logOf(5);
  const chosen = toggled(toggled(everything(entries), 3), 99);
  expect(selectedEntries(chosen, entries).map(({ id }) => id)).toEqual([1, 2, 4, 5]);
});

test('keys mean what the documentation says, and browser keys keep their meaning', () => {
  const press = (
    key: string,
    held: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {},
  ) =>
    listActionOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });
  expect(press('c')?.do).toBe('copy');
  expect(press('e')?.do).toBe('edit');
  expect(press('r')?.do).toBe('resend');
  expect(press('s')?.do).toBe('save');
  expect(press('g')?.do).toBe('goToRequest');
  expect(press(' ')?.do).toBe('quickLook');
  expect(press('x')?.do).toBe('select');
  expect(press('f')).toEqual({ do: 'nextFailure', step: 1 });
  expect(press('F8', { shiftKey: true })).toEqual({ do: 'nextFailure', step: -1 });
  expect(press('ArrowDown', { shiftKey: true })).toMatchObject({ do: 'move', extends: true });
  expect(press('a', { ctrlKey: true })?.do).toBe('selectAll');
  for (const key of ['c', 'r', 's', 'f']) expect(press(key, { ctrlKey: true })).toBeUndefined();
  expect(press('c', { altKey: true })).toBeUndefined();
  expect(press('Enter')).toBeUndefined();
});

test('the menu offers commands, sessions by name and statuses, with how often each occurs', () => {
  const harness = new LogHarness();
  harness.addSent({ name: 'SH_NEW', text: '{"SH_NEW":{"name":"user1"}}' });
  harness.add({
    text: '{"SH_NEW_RSP":{"st":1,"tkn":"14247375118774737462"}}',
    statuses: ['Ok'],
    learned: ['tkn', 'tkn:user1'],
  });
  harness.add({
    name: 'KV_SET_RSP',
    text: '{"KV_SET_RSP":{"tkn":"1234567899990000"}}',
    statuses: ['KeySet', 'KeyUpdated'],
  });
  expect(countFacets(rowsOf(harness.log))).toEqual([
    { kind: 'command', value: 'SH_NEW', label: 'SH_NEW', count: 2 },
    { kind: 'command', value: 'KV_SET', label: 'KV_SET', count: 1 },
    { kind: 'session', value: '14247375118774737462', label: 'user1', count: 1 },
    { kind: 'session', value: '1234567899990000', label: '··0000', count: 1 },
    { kind: 'status', value: 'Ok', label: 'Ok', count: 1 },
    { kind: 'status', value: 'KeySet', label: 'KeySet', count: 1 },
    { kind: 'status', value: 'KeyUpdated', label: 'KeyUpdated', count: 1 },
  ]);
});

test('a short number in the place of a token is shown whole', () => {
  const harness = new LogHarness();
  harness.addSent({ name: 'SH_INFO', text: '{"SH_INFO":{"tkn":"1234567"}}' });
  harness.addSent({ name: 'SH_INFO', text: '{"SH_INFO":{"tkn":"12345678"}}' });
  const labels = countFacets(rowsOf(harness.log)).flatMap(({ kind, label }) =>
    kind === 'session' ? [label] : [],
  );
  expect(labels).toEqual(['1234567', '··']);
});

test('a stored value named tkn is not taken for the session', () => {
  const harness = new LogHarness();
  const id = harness.addSent({
    name: 'KV_SET',
    text: '{"KV_SET":{"keys":{"tkn":"5"},"tkn":"14247375118774737462"}}',
  });
  const entry = harness.log.find(id);
  expect(entry && tokenOf(entry)).toBe('14247375118774737462');
});
