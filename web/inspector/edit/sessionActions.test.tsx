// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InspectionPeer, summary } from '../../../test/web/inspectionPeer.ts';
import type { Inspector } from '../inspector.ts';
import { newlyWatched } from '../inspectorView.ts';
import { SessionActions } from './SessionActions.tsx';

let peer: InspectionPeer;
let inspector: Inspector;
const composed: string[] = [];

beforeEach(async () => {
  composed.length = 0;
  peer = await InspectionPeer.start();
  ({ inspector } = peer.inspector());
});
afterEach(() => {
  cleanup();
  inspector.dispose();
  peer.stop();
});

async function show() {
  inspector.start();
  await vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('live'));
  const expiry = { durationSec: 60, deleteSession: true, deadlineMs: 60_000 };
  const watched = newlyWatched({ ...summary('1', 'first'), expiry });
  const onCompose = (command: string) => composed.push(command);
  render(<SessionActions {...{ inspector, watched, onCompose }} server={{}} />);
}

const press = (name: string, how = {}) => {
  const buttons = screen.getAllByRole('button', { name });
  const [last] = buttons.slice(-1);
  if (last) fireEvent.click(last, how);
};
const messages = () =>
  peer.requests.flatMap((request) => (request.type === 'act' ? [request.message] : []));

test('a touch is sent at once, and what came of it is said', async () => {
  await show();
  press('Touch');
  await waitFor(() => expect(messages()).toEqual(['{"SH_TOUCH":{}}']));
  peer.say({ type: 'acted', number: 1, session: '1', reply: '{"SH_TOUCH_RSP":{"st":1}}' });
  expect(await screen.findByText('Its time starts again.')).toBeTruthy();
});

test('a session is ended when a person has confirmed it, and a refusal is said', async () => {
  await show();
  press('End…');
  expect(messages()).toEqual([]);
  press('Cancel');
  press('End…');
  expect(screen.getByText('{"SH_END":{}}')).toBeTruthy();
  press('End session');
  await waitFor(() => expect(messages()).toEqual(['{"SH_END":{}}']));
  peer.say({ type: 'refused', request: 'act', number: 1, right: 'end' });
  expect(await screen.findByText(/lacks the right to end/)).toBeTruthy();
});

test('another expiry is asked for, shown as the command, and nothing wrong is sent', async () => {
  await show();
  press('Expiry…');
  const seconds = screen.getByRole('textbox', { name: 'Seconds from now' });
  fireEvent.change(seconds, { target: { value: '1.5' } });
  press('Set expiry');
  expect(screen.getByRole('alert').textContent).toContain('whole number');
  fireEvent.change(seconds, { target: { value: '3600' } });
  const command = '{"SH_TOUCH":{"duration":3600,"deleteSession":true}}';
  expect(screen.getByText(command)).toBeTruthy();
  press('Set expiry');
  await waitFor(() => expect(messages()).toEqual([command]));
});

test('Alt and a click put the command into the composer, and nothing is sent', async () => {
  await show();
  press('Clear…', { altKey: true });
  press('Touch', { altKey: true });
  expect(composed).toEqual(['{"KV_CLEAR":{}}', '{"SH_TOUCH":{}}']);
  expect(messages()).toEqual([]);
});
