// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ActionsContext, createActionRegistry, useActions, type Action } from './action.ts';

afterEach(cleanup);

function action(label: string): Action {
  return { label, group: 'Test', run: () => {} };
}

function Part({ label }: { readonly label: string }) {
  useActions(() => ({ one: action(label) }));
  return null;
}

test('a part of the page offers its actions while it is there, as they are now', () => {
  const registry = createActionRegistry();
  const page = (label: string | undefined) => (
    <ActionsContext value={registry}>
      {label !== undefined && <Part label={label} />}
    </ActionsContext>
  );
  const { rerender } = render(page('Pause'));
  expect(registry.actions.list()['one']?.label).toBe('Pause');
  rerender(page('Resume'));
  expect(registry.actions.list()['one']?.label).toBe('Resume');
  rerender(page(undefined));
  expect(registry.actions.list()).toEqual({});
});

test('an open panel takes the place of an action with the same name, and gives it back', () => {
  const registry = createActionRegistry();
  registry.actions.offer(() => ({ one: action('of the page'), two: action('two') }));
  const stop = registry.actions.offer(() => ({ one: action('of the panel') }));
  expect(Object.values(registry.actions.list()).map(({ label }) => label)).toEqual([
    'of the panel',
    'two',
  ]);
  stop();
  expect(registry.actions.list()['one']?.label).toBe('of the page');
});
