// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { quote } from '../../../protocol/json/jsonText.ts';
import { readToken } from '../../../protocol/token.ts';
import { InspectionPeer, summary } from '../../../test/web/inspectionPeer.ts';
import type { Inspector } from '../inspector.ts';
import type { ShownServer, ViewProps } from '../viewProps.ts';
import type { SessionUse } from '../sessionUse.ts';
import { ExpiryCalendar } from './ExpiryCalendar.tsx';

let peer: InspectionPeer;
let inspector: Inspector;

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector } = peer.inspector());
});
afterEach(() => {
  cleanup();
  inspector.dispose();
  peer.stop();
});

const expiry = { durationSec: 600, deleteSession: false, deadlineMs: 30_000 };
const none = { sessions: 0, first: [] };
const group = { name: '', sessions: 0, keys: 0, bytes: 0 };
const hostile = '<img src=x onerror=alert(1)>\u202e';

async function show(server: ShownServer = {}, more: Pick<ViewProps, 'onUse'> = {}) {
  inspector.start();
  await vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('live'));
  const figures = {
    type: 'figures' as const,
    number: 1,
    nowMs: 0,
    sessions: 5,
    keys: 1,
    bytes: 1,
    biggestSessions: [],
    biggestKeys: [],
    groups: [],
    groupCount: 0,
    ungrouped: group,
    hour: none,
    day: none,
    later: 3,
    never: 1,
    minute: { sessions: 2, first: [{ ...summary('7', hostile), expiry }] },
  };
  const unused = () => undefined;
  const props = {
    inspector,
    server,
    figures,
    ...more,
    onInsertTemplate: unused,
    onOpenSession: unused,
  };
  render(<ExpiryCalendar {...props} onShowCommands={unused} onShowSame={unused} />);
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const acts = () => peer.requests.filter(({ type }) => type === 'act');
const answer = (number: number) =>
  peer.say({ type: 'acted', number, session: '7', reply: '{"SH_TOUCH_RSP":{"st":1}}' });

test('what ends soon is named as it is, and counted beyond what is listed', async () => {
  await show();
  const minute = screen.getByRole('region', { name: 'Within a minute' });
  expect(within(minute).getByText('<img src=x onerror=alert(1)>\\u202e')).toBeTruthy();
  expect(minute.textContent).toContain('2 sessions');
  expect(minute.textContent).toContain('and 1 more');
  expect(screen.getByText('Later: 3 sessions. Never: 1 session.')).toBeTruthy();
});

test('the expiry of a session is paused, and undo gives it back as it was', async () => {
  await show();
  press('Pause expiry');
  await waitFor(() => expect(acts()).toHaveLength(1));
  expect(acts()[0]).toMatchObject({ session: '7', message: '{"SH_TOUCH":{"duration":0}}' });
  answer(1);
  expect(await screen.findByText(/does not expire any more/)).toBeTruthy();
  press('Undo');
  await waitFor(() => expect(acts()).toHaveLength(2));
  const message = '{"SH_TOUCH":{"duration":600,"deleteSession":false}}';
  expect(acts()[1]).toMatchObject({ session: '7', message });
});

test('on a production server a person is asked first, and a refusal is said', async () => {
  await show({ mode: 'production', name: 'shop' });
  press('Touch');
  expect(acts()).toEqual([]);
  const dialog = screen.getByRole('dialog', { hidden: true });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Touch', hidden: true }));
  await waitFor(() => expect(acts()).toHaveLength(1));
  peer.say({ type: 'refused', request: 'act', number: 1, right: 'change' });
  expect(await screen.findByText(/lacks the right to change/)).toBeTruthy();
});

test('with Alt held, the command goes into the composer with the token of its session, and is not sent', async () => {
  const used: SessionUse[] = [];
  await show({}, { onUse: (use) => used.push(use) });
  fireEvent.click(screen.getByRole('button', { name: 'Pause expiry' }), { altKey: true });
  await waitFor(() => expect(peer.requests).toContainEqual({ type: 'reveal', id: '7' }));
  peer.say({ type: 'token', id: '7', token: readToken(quote('14247375118774737462')) ?? null });
  await waitFor(() => expect(used).toHaveLength(1));
  expect(used[0]).toMatchObject({
    token: '14247375118774737462',
    messages: ['{"SH_TOUCH":{"tkn":"{{tkn}}","duration":0}}'],
  });
  expect(acts()).toEqual([]);
});
