// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { moveAmongButtons } from './moveAmongButtons.ts';

afterEach(cleanup);

function showList() {
  render(
    <nav aria-label="List" onKeyDown={moveAmongButtons}>
      {['one', 'two', 'three'].map((name) => (
        <button key={name} type="button">
          {name}
        </button>
      ))}
    </nav>,
  );
  screen.getByRole('button', { name: 'one' }).focus();
  return screen.getByRole('navigation');
}

test('arrows, Home and End move the focus, and it goes round', () => {
  const list = showList();
  const after = (key: string) => {
    fireEvent.keyDown(list, { key });
    return document.activeElement?.textContent;
  };
  expect(['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map(after)).toEqual([
    'two',
    'three',
    'one',
    'three',
    'one',
    'three',
  ]);
});

test('other keys, and arrows with a modifier, do what they did', () => {
  const list = showList();
  for (const init of [{ key: 'a' }, { key: 'Tab' }, { key: 'ArrowDown', altKey: true }]) {
    expect(fireEvent.keyDown(list, init)).toBe(true);
    expect(document.activeElement?.textContent).toBe('one');
  }
});
