// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Menu } from './Menu.tsx';

beforeEach(() => {
  // There is none in this environment.
  HTMLElement.prototype.showPopover = () => {};
});

afterEach(cleanup);

const filter = { label: 'Find', none: 'Nothing' };

function TestMenu({ names, version }: { names: readonly string[]; version: number }) {
  const items = () => names.map((name) => ({ id: name, label: name }));
  return (
    <Menu label="Letters" {...{ items, filter }} itemsVersion={version} onPick={() => undefined} />
  );
}

function shown() {
  return screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
}

function opened() {
  const { rerender } = render(<TestMenu names={['a', 'b', 'c']} version={1} />);
  fireEvent.click(screen.getByRole('button', { name: 'Letters' }));
  expect(document.activeElement?.textContent).toBe('a');
  return (names: readonly string[], version: number) =>
    rerender(<TestMenu {...{ names, version }} />);
}

test('another version changes the order of an open list, and the highlighted item stays that', () => {
  const show = opened();
  fireEvent.keyDown(screen.getByRole('menuitem', { name: 'a' }), { key: 'ArrowDown' });
  show(['c', 'b', 'a'], 1);
  expect(shown()).toEqual(['a', 'b', 'c']);
  show(['c', 'b', 'a'], 2);
  expect(shown()).toEqual(['c', 'b', 'a']);
  expect(document.activeElement?.textContent).toBe('b');
});

test('while something is typed the order stays, since Enter picks the first one', () => {
  const show = opened();
  const field = screen.getByRole('searchbox', { name: 'Find' });
  fireEvent.change(field, { target: { value: ' ' } });
  show(['c', 'b', 'a'], 2);
  expect(shown()).toEqual(['a', 'b', 'c']);
  fireEvent.change(field, { target: { value: '' } });
  expect(shown()).toEqual(['c', 'b', 'a']);
});
