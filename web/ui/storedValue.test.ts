import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedInMemory } from './storedInMemory.ts';
import { createStoredValue } from './storedValue.ts';

type Names = readonly string[];

const format = {
  read: (text: string) => (text.startsWith('names:') ? text.slice(6).split(',') : undefined),
  write: (names: Names) => `names:${names.join(',')}`,
  empty: [] as Names,
};

function openWindow(shared: ReturnType<typeof sharedInMemory>) {
  const value = createStoredValue<Names>(shared.window(), format);
  const change = (change: (names: Names) => Names) => {
    value.change(change);
    return value.keep();
  };
  return {
    names: () => value.store.getState(),
    add: (name: string) => change((names) => [...names.filter((each) => each !== name), name]),
    remove: (name: string) => change((names) => names.filter((each) => each !== name)),
    value,
  };
}

test('what one window added is never deleted by another, and a removal counts in both', () => {
  const shared = sharedInMemory('names:old');
  const [one, other] = [openWindow(shared), openWindow(shared)];
  one.add('of one');
  other.add('of other');
  expect(shared.text()).toBe('names:old,of one,of other');
  one.remove('old');
  other.add('last');
  expect(shared.text()).toBe('names:of one,of other,last');
  shared.deliver();
  expect(one.names()).toEqual(['of one', 'of other', 'last']);
  expect(other.names()).toEqual(['of one', 'of other', 'last']);
});

test('windows agree on one value, whatever they do in whatever order', () => {
  const step = fc.record({
    window: fc.nat(2),
    isRemoval: fc.boolean(),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    isDelivered: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const shared = sharedInMemory();
      const windows = [openWindow(shared), openWindow(shared), openWindow(shared)];
      const expected = new Set<string>();
      for (const { window, isRemoval, name, isDelivered } of steps) {
        if (isRemoval) expected.delete(name);
        else expected.add(name);
        windows[window]?.[isRemoval ? 'remove' : 'add'](name);
        if (isDelivered) shared.deliver();
      }
      shared.deliver();
      for (const each of windows) {
        expect(new Set(each.names().filter((name) => name !== ''))).toEqual(expected);
      }
    }),
  );
});

test('without room a change stays in memory, and is merged once there is room', () => {
  const shared = sharedInMemory('names:old');
  const [one, other] = [openWindow(shared), openWindow(shared)];
  shared.setRoom(false);
  expect(one.add('unkept')).toBe(false);
  shared.setRoom(true);
  other.add('of other');
  shared.deliver();
  expect(one.names()).toEqual(['old', 'of other', 'unkept']);
  expect(one.value.keep()).toBe(true);
  expect(shared.text()).toBe('names:old,of other,unkept');
});

test('an unreadable text from another window is set aside, and this one keeps what it has', () => {
  const shared = sharedInMemory('names:old');
  const one = openWindow(shared);
  shared.write('of a later version');
  shared.deliver();
  expect(one.names()).toEqual(['old']);
  one.add('new');
  expect(shared.text()).toBe('names:old,new');
});

test('when another window clears all, this one is empty as well', () => {
  const shared = sharedInMemory('names:old');
  const one = openWindow(shared);
  shared.write(undefined);
  shared.deliver();
  expect(one.names()).toEqual([]);
});
