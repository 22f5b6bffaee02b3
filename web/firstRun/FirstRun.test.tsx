// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { maskToken } from '../../protocol/token.ts';
import { createDraft } from '../composer/draft.ts';
import { sendDraft } from '../composer/sendDraft.ts';
import { MessageLog } from '../log/store/messageLog.ts';
import { ActionsContext, createActionRegistry } from '../ui/action.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { FirstRun } from './FirstRun.tsx';
import { createFirstRunStore } from './firstRunStore.ts';
import type { LiveList } from './removableSample.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Session {
  readonly id: string;
  readonly name: string;
  readonly maskedToken: string;
  readonly token: string;
}

/** A server with sessions, and the list that an inspector would have of them. */
function serverWith() {
  let sessions: readonly Session[] = [];
  const store = createStore(() => ({
    status: { state: 'live' as const },
    totalSessions: 0,
    sessionsVersion: 0,
  }));
  const hold = (next: readonly Session[]) => {
    sessions = next;
    store.setState(({ sessionsVersion }) => ({
      totalSessions: next.length,
      sessionsVersion: sessionsVersion + 1,
    }));
  };
  let count = 0;
  const answer = (text: string): readonly string[] => {
    const [, command = ''] = /"(\w+)"/.exec(text) ?? [];
    const [, name = ''] = /"name":"([^"]*)"/.exec(text) ?? [];
    const [, tkn = ''] = /"tkn":"(\d+)"/.exec(text) ?? [];
    if (command === 'SH_NEW') {
      count += 1;
      const token = `1000000000000000${count}`;
      hold([...sessions, { id: `s${count}`, name, maskedToken: maskToken(token), token }]);
      return [`{"SH_NEW_RSP":{"st":1,"name":"${name}","tkn":"${token}"}}`];
    }
    if (command === 'SH_END') hold(sessions.filter(({ token }) => token !== tkn));
    return [`{"${command}_RSP":{"st":1,"tkn":"${tkn}"}}`];
  };
  const inspector: LiveList = {
    store,
    sessions: () => sessions,
    questions: {
      askToken: async (id) => sessions.find((each) => each.id === id)?.token as never,
    },
  };
  return { answer, inspector, hold, sessions: () => sessions };
}

/** The page; a second call on the same storage is a page after a reload. */
async function open(server = serverWith(), stored = storedInMemory()) {
  const connection = await openScripted(server.answer);
  const draft = createDraft('{"SH_INFO_ALL":{}}');
  const notices: string[] = [];
  const inspected: string[] = [];
  const registry = createActionRegistry();
  const log = new MessageLog({ nowMs: () => 0, setTimer: () => () => {}, onNextFrame: () => {} });
  render(
    <ActionsContext value={registry}>
      <FirstRun
        firstRun={createFirstRunStore(stored)}
        log={log}
        connection={connection}
        draft={draft}
        inspector={server.inspector}
        onSend={async () => sendDraft(draft, { connection, maxPayloadBytes: 10_000 })}
        onLearn={() => {}}
        onInspect={(id) => inspected.push(id)}
        onNotify={(text) => notices.push(text)}
        onActing={() => {}}
      />
    </ActionsContext>,
  );
  const press = (name: string) =>
    act(async () => void fireEvent.click(screen.getByRole('button', { name })));
  return { server, stored, draft, notices, inspected, press, registry };
}

const card = () => screen.queryByRole('region', { name: 'First steps' })?.textContent ?? '';

function wantReducedMotion() {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) => ({ matches: query.includes('reduce') }) as MediaQueryList,
  );
}

test('with reduced motion each step waits for Next; then the session ends and one may watch again', async () => {
  wantReducedMotion();
  vi.useFakeTimers();
  const { server, draft, press } = await open();
  const written = () => draft.store.getState().text;
  await press('Watch a session happen');
  expect(card()).toContain('1 of 4');
  expect(written()).toContain('SH_NEW');
  await act(async () => void (await vi.advanceTimersByTimeAsync(60_000)));
  expect(server.sessions()).toHaveLength(0);
  await press('Next');
  expect(server.sessions().map(({ name }) => name)).toEqual(['demo']);
  expect(card()).toContain('1 of 4');
  await press('Next');
  expect(card()).toContain('2 of 4');
  for (let steps = 0; steps < 4; steps += 1) await press('Next');
  expect(card()).toContain('4 of 4');
  expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
  await act(async () => server.hold([]));
  expect(card()).toContain('That was a session');
  expect(screen.getByRole('button', { name: 'Watch again' })).toBeDefined();
  expect(written()).toBe('{"SH_INFO_ALL":{}}');
});

test('sample data can be removed after a reload, and only what was loaded', async () => {
  const first = await open();
  await first.press('Load sample data');
  expect(card()).toContain('Sample data: 4 sessions.');
  expect(first.stored.read()).not.toMatch(/1000000000000000/);
  const other = { id: 'x', name: 'basket', maskedToken: '··9999', token: '77779999' };
  const { server, stored } = first;
  server.hold([...server.sessions(), other]);
  cleanup();

  const { press, notices } = await open(server, stored);
  expect(card()).toContain('Sample data: 4 sessions.');
  await press('Remove sample data');
  expect(notices).toEqual(['Sample data removed.']);
  expect(server.sessions()).toEqual([other]);
  expect(card()).toBe('');
  cleanup();
  await open(server, stored);
  expect(card()).toBe('');
});

test('the session that was made is shown in the inspector, while there is one', async () => {
  wantReducedMotion();
  vi.useFakeTimers();
  const { server, inspected, press } = await open();
  const button = () => screen.queryByRole('button', { name: 'See it in the inspector' });
  await press('Watch a session happen');
  expect(button()).toBeNull();
  await press('Next');
  await press('See it in the inspector');
  const demo = server.sessions()[0]?.id;
  expect(inspected).toEqual([demo]);
  await press('Skip');
  await act(async () => server.hold([]));
  expect(button()).toBeNull();
  vi.useRealTimers();
  await press('Load sample data');
  await screen.findByText('Sample data: 4 sessions.');
  await press('See it in the inspector');
  expect(inspected).toEqual([demo, server.sessions().at(-1)?.id]);
});

test('what has ended is not offered for removal', async () => {
  const { server, press, stored, registry } = await open();
  await press('Load sample data');
  await act(async () => server.hold(server.sessions().slice(1)));
  expect(card()).toContain('Sample data: 3 sessions.');
  cleanup();
  server.hold([]);
  await open(server, stored);
  expect(card()).toContain('Nothing stored yet');
  expect(registry.actions.list()['firstRun.remove']).toBeUndefined();
});

test('a card that was hidden by an older console stays hidden', async () => {
  await open(serverWith(), storedInMemory('{"version":1}'));
  expect(card()).toBe('');
});
