// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InspectionPeer, summary } from '../../test/web/inspectionPeer.ts';
import { ActionsContext, createActionRegistry } from '../ui/action.ts';
import type { Inspector } from './inspector.ts';
import { ListTools } from './list/ListTools.tsx';
import { sessionListOf } from './list/sessionList.ts';
import { KeysView } from './session/KeysView.tsx';

let peer: InspectionPeer;
let inspector: Inspector;
const registry = createActionRegistry();

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector } = peer.inspector());
  inspector.start();
  await vi.waitUntil(() => inspector.store.getState().status.state === 'live');
});
afterEach(() => {
  cleanup();
  inspector.dispose();
  peer.stop();
});

/** Runs an action as the palette does. */
function run(label: string): void {
  const actions = Object.values(registry.actions.list());
  expect(actions.map((action) => action.label)).toContain(label);
  act(() => actions.find((action) => action.label === label)?.run());
}

test('the palette groups, selects and searches in values, as the buttons of the list do', () => {
  const source = sessionListOf(inspector);
  render(
    <ActionsContext value={registry}>
      <ListTools source={source} />
    </ActionsContext>,
  );
  const isOn = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-pressed');
  for (const name of ['Group by name', 'Select sessions', 'Find in keys and values']) {
    expect(isOn(name)).toBe('false');
    run(name);
    expect(isOn(name)).toBe('true');
  }
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  run('Group by name');
  expect(isOn('Group by name')).toBe('false');
});

test('the palette adds a key to the chosen session, and compares it', () => {
  inspector.watch('1', summary('1', 'first'));
  render(
    <ActionsContext value={registry}>
      <KeysView
        {...{ inspector }}
        sessionId="1"
        server={{}}
        onCompose={undefined}
        onShowSame={() => {}}
      />
    </ActionsContext>,
  );
  run('Add key');
  expect(screen.getByRole('dialog', { name: 'Add key' })).toBeTruthy();
  run('Compare with another session');
  expect(screen.getByRole('dialog', { name: 'Compare with another session' })).toBeTruthy();
});
