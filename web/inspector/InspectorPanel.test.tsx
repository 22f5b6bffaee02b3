// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import {
  readInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { Inspector } from './inspector.ts';
import { InspectorPanel } from './InspectorPanel.tsx';

/** A socket that receives what the test says. */
class ScriptedSocket extends EventTarget {
  readonly readyState = 1;
  readonly sent: string[] = [];
  /** Sessions of the server, the newest first. */
  sessions: SessionSummary[] = [];
  #asked: Extract<InspectionRequest, { type: 'list' }> | undefined;
  send(text: string): void {
    this.sent.push(text);
    const request = readInspectionRequest(text);
    if (request?.type !== 'list') return;
    this.#asked = request;
    queueMicrotask(() => this.sayRows());
  }
  /** The rows of the list that was asked for last. */
  sayRows(): void {
    if (!this.#asked) return;
    const { number, find, from, count } = this.#asked;
    const found = this.sessions.filter(({ name }) => name.includes(find.toLowerCase()));
    const changed = found.slice(from, from + count);
    const ids = changed.map(({ id }) => id);
    const counts = { length: found.length, matching: found.length, all: this.sessions.length };
    this.say({ type: 'rows', number, nowMs: 0, from, ids, ...counts, allKeys: 1, changed });
  }
  close(): void {}
  say(event: InspectionEvent): void {
    this.dispatchEvent(new MessageEvent('message', { data: writeInspectionEvent(event) }));
  }
}

let socket: ScriptedSocket;
let ticket: string;
let nowMs: number;
const onInsertTemplate = vi.fn<() => void>();

beforeEach(() => {
  // Without a layout nothing has a height, and a virtual list would show no rows.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  socket = new ScriptedSocket();
  ticket = '{"proof":"ticket","ticket":"t"}';
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function show() {
  nowMs = 0;
  const inspector = new Inspector({
    fetchTicket: () => Promise.resolve(ticket),
    makeSocket: () => socket as unknown as WebSocket,
    nowMs: () => nowMs,
    setTimer: () => () => {},
    onNextFrame: (run) => run(),
  });
  inspector.start();
  render(
    <InspectorPanel
      inspector={inspector}
      onInsertTemplate={onInsertTemplate}
      server={{}}
      onUse={() => {}}
    />,
  );
  await Promise.resolve();
  return inspector;
}

function sessionNamed(name: string, id: string) {
  return {
    id,
    name,
    maskedToken: '··7462',
    shared: false,
    keyCount: 1,
    createdAtMs: 1000,
    expiry: { durationSec: 100, deleteSession: true, deadlineMs: 41_000 },
  };
}

function list(names: string[], totalKeys: number) {
  const changed = names.map((name, index) => sessionNamed(name, `s${index}`));
  const totals = { nowMs: 0, totalSessions: names.length, totalKeys };
  socket.sessions = changed.toReversed();
  socket.say({ type: 'sessions', isReset: true, ...totals, changed, removed: [] });
  socket.sayRows();
}

function add(name: string, id: string) {
  socket.sessions = [sessionNamed(name, id), ...socket.sessions];
  socket.sayRows();
}

test('sessions are rows of a table with their countdown, and the totals are said', async () => {
  await show();
  list(['user1'], 3);
  expect(await screen.findByText('1 session · 3 keys')).toBeTruthy();
  const table = screen.getByRole('table', { name: 'Live sessions' });
  const row = within(table).getByRole('row', { name: /user1/ });
  expect(row.textContent).toContain('··7462');
  expect(row.textContent).toContain('41s');
  expect(within(row).getByText('41s').title).toMatch(/^Ends at 01\/01\/1970, /);
  expect(table.getAttribute('aria-rowcount')).toBe('2');
  expect(screen.getByText('1–1 of 1 session')).toBeTruthy();
});

test('the search narrows the list and says when nothing matches', async () => {
  await show();
  list(['user1', 'basket'], 2);
  const search = await screen.findByRole('searchbox', { name: 'Find sessions' });
  fireEvent.change(search, { target: { value: 'BASK' } });
  await waitFor(() => expect(screen.queryByRole('row', { name: 'user1' })).toBeNull());
  expect(screen.getByRole('row', { name: 'basket' }).querySelector('mark')?.textContent).toBe(
    'bask',
  );
  fireEvent.keyDown(search, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('basket');
  fireEvent.change(search, { target: { value: 'none' } });
  expect(await screen.findByText(/No sessions match/)).toBeTruthy();
});

test('a chosen session shows its keys, values unfolded digit for digit, and what to do', async () => {
  await show();
  list(['user1'], 1);
  fireEvent.click(await screen.findByRole('button', { name: 'user1' }));
  const value = asJsonText('{"colour":"teal","big":18446744073709551615}');
  const changed = [{ key: 'profile', length: value.length, value }];
  socket.say({ type: 'keys', id: 's0', isReset: true, totalKeys: 1, changed, removed: [] });
  const detail = await screen.findByRole('region', { name: 'Session' });
  for (const name of [
    'Reveal token',
    'Copy token',
    'Set as {{tkn}}',
    'Commands for this session',
  ]) {
    expect(within(detail).getByRole('button', { name })).toBeTruthy();
  }
  const key = await within(detail).findByRole('treeitem', { name: /profile/ });
  expect(key.textContent).toContain('"teal","big":18446744073709551615');
  fireEvent.click(key);
  const shown = within(detail).getByRole('region', { name: 'Value of profile' });
  expect(within(shown).getByText('18446744073709551615')).toBeTruthy();
  fireEvent.doubleClick(key);
  const part = within(detail).getByRole('treeitem', { name: /^big/ });
  expect(part.textContent).toBe('big18446744073709551615');
  expect(detail.textContent).toContain('Viewing it does not extend it.');
  socket.say({ type: 'gone', id: 's0' });
  expect(await within(detail).findByText(/ended or expired/)).toBeTruthy();
  for (const known of ['user1', '··7462', '01/01/1970']) {
    expect(detail.textContent).toContain(known);
  }
  expect(within(detail).queryByRole('button', { name: /token/ })).toBeNull();
  expect(within(detail).queryByRole('tree', { name: 'Keys' })).toBeNull();
});

test('without sessions the next step is offered', async () => {
  await show();
  list([], 0);
  expect(await screen.findByText('0 sessions · 0 keys')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Insert SH_NEW' }));
  expect(onInsertTemplate).toHaveBeenCalledOnce();
});

test('a session without keys says so, and what to do', async () => {
  await show();
  list(['user1'], 1);
  fireEvent.click(await screen.findByRole('button', { name: 'user1' }));
  socket.say({ type: 'keys', id: 's0', isReset: true, totalKeys: 0, changed: [], removed: [] });
  expect(await screen.findByText('This session has no keys.')).toBeTruthy();
  const [key, value] = ['first', asJsonText('1')];
  const changed = [{ key, length: 1, value }];
  socket.say({ type: 'keys', id: 's0', isReset: false, totalKeys: 1, changed, removed: [] });
  expect(await screen.findByRole('treeitem', { name: /first/ })).toBeTruthy();
});

test('a wanted key is asked for', async () => {
  ticket = '{"proof":"key"}';
  await show();
  expect(await screen.findByLabelText('Inspection key')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Unlock' })).toBeTruthy();
});

test('a name that would mislead is shown as what it is, to the ear as well', async () => {
  await show();
  list(['\u202eadmin '], 1);
  const row = await screen.findByRole('row', { name: String.raw`\u202eadmin␣` });
  const open = within(row).getByRole('button', { name: String.raw`\u202eadmin␣` });
  expect(open.title).toBe(String.raw`\u202eadmin␣`);
  fireEvent.click(open);
  const value = asJsonText('"\u200b"');
  const changed = [{ key: ' k\u0007', length: value.length, value }];
  socket.say({ type: 'keys', id: 's0', isReset: true, totalKeys: 1, changed, removed: [] });
  const key = await screen.findByRole('treeitem', { name: /␣k\\u0007/ });
  expect(key.textContent).toContain(String.raw`"\u200b"string · 5 B`);
});

test('a value is copied as it is, not as it is shown', async () => {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  await show();
  list(['user1'], 1);
  fireEvent.click(await screen.findByRole('button', { name: 'user1' }));
  const value = asJsonText(String.raw`"\u200b \"quoted\"\n"`);
  const changed = [{ key: 'k ', length: value.length, value }];
  socket.say({ type: 'keys', id: 's0', isReset: true, totalKeys: 1, changed, removed: [] });
  const row = await screen.findByRole('treeitem', { name: /k␣/ });
  fireEvent.click(row);
  fireEvent.keyDown(row, { key: 'c' });
  fireEvent.keyDown(row, { key: 'C', shiftKey: true });
  expect(await screen.findByText('Copied.')).toBeTruthy();
  expect(copied).toEqual([value, '\u200b "quoted"\n']);
});

test('a value says who wrote it last, or that this is not known', async () => {
  await show();
  list(['user1'], 1);
  fireEvent.click(await screen.findByRole('button', { name: 'user1' }));
  const value = asJsonText('1');
  const writer = { by: 'client', connection: 7, command: 'KV_SET', atMs: 1 } as const;
  const changed = [
    { key: 'new', length: 1, value, writer },
    { key: 'old', length: 1, value },
  ];
  socket.say({ type: 'keys', id: 's0', isReset: true, totalKeys: 2, changed, removed: [] });
  fireEvent.click(await screen.findByRole('treeitem', { name: /new/ }));
  const newValue = await screen.findByRole('region', { name: 'Value of new' });
  expect(newValue.textContent).toContain('Connection 7 · KV_SET');
  fireEvent.click(screen.getByRole('treeitem', { name: /old/ }));
  const oldValue = await screen.findByRole('region', { name: 'Value of old' });
  expect(oldValue.textContent).toContain('Writer not known');
});

test('a row that changed is marked, one that came with the list is not', async () => {
  await show();
  list(['user1'], 1);
  const old = await screen.findByRole('row', { name: 'user1' });
  act(() => add('user2', 's1'));
  const fresh = await screen.findByRole('row', { name: 'user2' });
  expect(fresh.querySelector('.fresh-mark')).toBeTruthy();
  expect(old.querySelector('.fresh-mark')).toBeNull();
});

test('the row that is read stays where it is when a session comes above it', async () => {
  await show();
  list(
    Array.from({ length: 60 }, (_, index) => `user${index}`),
    1,
  );
  const table = await screen.findByRole('table', { name: 'Live sessions' });
  act(() => add('at the top', 's60'));
  expect(table.scrollTop).toBe(0);
  table.scrollTop = 285;
  fireEvent.scroll(table);
  act(() => add('above', 's61'));
  expect(table.scrollTop).toBe(285 + 28);
});

test('arrow keys move the focus from row to row, and it stays when its row is scrolled away', async () => {
  await show();
  list(
    Array.from({ length: 60 }, (_, index) => `user${index}`),
    1,
  );
  const table = await screen.findByRole('table', { name: 'Live sessions' });
  const [first, second] = within(table).getAllByRole('button', { name: /^user/ });
  const firstName = first?.textContent;
  act(() => first?.focus());
  fireEvent.keyDown(first ?? table, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(second);
  table.scrollTop = 900;
  fireEvent.scroll(table);
  expect(document.activeElement).toBe(second);
  fireEvent.keyDown(second ?? table, { key: 'ArrowUp' });
  expect(document.activeElement?.textContent).toBe(firstName);
  expect(table.scrollTop).toBe(0);
});

test('the next try is counted down', async () => {
  vi.useFakeTimers();
  await show();
  act(() => void socket.dispatchEvent(new MessageEvent('message', { data: 'garbage' })));
  expect(screen.getByText('Next try in 1 s.')).toBeTruthy();
  nowMs = 600;
  act(() => void vi.advanceTimersByTime(1000));
  expect(screen.getByText('Trying again…')).toBeTruthy();
  vi.useRealTimers();
});
