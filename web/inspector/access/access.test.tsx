// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Right } from '../../../protocol/inspection/rights.ts';
import { fullRights, rightNames } from '../../../protocol/inspection/rights.ts';
import { emptyView } from '../inspectorView.ts';
import type { ShownServer } from '../viewProps.ts';
import { whyNot } from './allowed.ts';
import type { Reach } from './confirmation.ts';
import { useConfirm } from './useConfirm.tsx';

afterEach(cleanup);

/** A button for an action of this reach. @returns How often the action was carried out. */
function show(reach: Reach, server: ShownServer): () => number {
  let done = 0;
  function View() {
    const { confirm, dialog } = useConfirm(server);
    const run = () => {
      done += 1;
    };
    const words = { title: 'End 1,234 sessions?', text: 'They are gone.', action: 'End them' };
    return (
      <>
        <button type="button" onClick={() => confirm({ reach, ...words, count: 1234, run })}>
          Go
        </button>
        {dialog}
      </>
    );
  }
  render(<View />);
  act(() => screen.getByRole('button', { name: 'Go' }).click());
  return () => done;
}

const field = (name: RegExp) => screen.queryByRole('textbox', { name });
const type = (name: RegExp, value: string) => {
  const found = field(name);
  if (found) fireEvent.change(found, { target: { value } });
};
const confirm = () => act(() => screen.getByRole('button', { name: 'End them' }).click());

describe('an action is confirmed by what it reaches', () => {
  const local = { mode: 'local', name: 'here' } as const;
  const production = { mode: 'production', name: 'Shop' } as const;

  test('a key at once, as it can be undone', () => {
    expect(show('key', local)()).toBe(1);
  });

  test.each([
    ['a session', 'session', local],
    ['a key in production', 'key', production],
  ] as const)('%s with a click', (_what, reach, server) => {
    const done = show(reach, server);
    expect(done()).toBe(0);
    confirm();
    expect(done()).toBe(1);
    expect(screen.queryByRole('button', { name: 'End them' })).toBeNull();
  });

  test('cancelled, it is not carried out', () => {
    const done = show('session', local);
    act(() => screen.getByRole('button', { name: 'Cancel' }).click());
    expect(done()).toBe(0);
    expect(screen.queryByRole('button', { name: 'End them' })).toBeNull();
  });

  test('several sessions with their number, however it is grouped', () => {
    const done = show('sessions', local);
    confirm();
    expect(screen.getByRole('alert').textContent).toBe('This is not the number of sessions.');
    type(/^Type 1,234/, '1 234');
    confirm();
    expect(done()).toBe(1);
  });

  test('a session in production with the name of the server', () => {
    const done = show('session', production);
    type(/^Type Shop/, 'shop');
    confirm();
    expect(screen.getByRole('alert').textContent).toBe('This is not the name of the server.');
    type(/^Type Shop/, ' Shop ');
    confirm();
    expect(done()).toBe(1);
  });

  test('several sessions in production with both', () => {
    const done = show('sessions', production);
    type(/^Type 1,234/, '1234');
    confirm();
    expect(done()).toBe(0);
    type(/^Type Shop/, 'Shop');
    confirm();
    expect(done()).toBe(1);
  });
});

describe('what a key may not do', () => {
  const without = (right: Right) => ({
    may: rightNames.filter((each) => each !== right),
    prefix: '',
  });

  test.each([
    ['look', 'see sessions'],
    ['values', 'see values'],
    ['change', 'change sessions'],
    ['end', 'end sessions and cut connections'],
    ['audit', 'see the audit list'],
  ] as const)('names the missing right: %s', (right, words) => {
    const view = { ...emptyView, rights: without(right) };
    expect(whyNot(view, right)).toBe(`This key lacks the right to ${words}.`);
    expect(whyNot(emptyView, right)).toBeUndefined();
  });

  test.each(['values', 'change', 'end'] as const)('a token is not revealed without %s', (right) => {
    expect(whyNot({ ...emptyView, rights: without(right) }, 'reveal')).toContain('lacks the right');
  });

  test('a key for some sessions cuts no connection and sees no audit list', () => {
    const view = { ...emptyView, rights: { ...fullRights, prefix: 'shop-' } };
    expect(whyNot(view, 'cut')).toContain('“shop-”');
    expect(whyNot(view, 'audit')).toContain('“shop-”');
    expect(whyNot(view, 'end')).toBeUndefined();
  });

  test('a read-only server changes and ends nothing, but cuts connections', () => {
    const store = { durability: 'memory', state: 'ready', readOnly: true } as const;
    const view = { ...emptyView, store };
    for (const doing of ['change', 'end'] as const) {
      expect(whyNot(view, doing)).toContain('--read-only');
    }
    expect(whyNot(view, 'cut')).toBeUndefined();
    expect(whyNot(view, 'look')).toBeUndefined();
  });
});
