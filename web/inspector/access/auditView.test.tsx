// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fullRights } from '../../../protocol/inspection/rights.ts';
import { InspectionPeer } from '../../../test/web/inspectionPeer.ts';
import type { Inspector } from '../inspector.ts';
import { viewsFor } from '../views.tsx';
import { wordsOf } from './auditTexts.ts';
import { AuditView } from './AuditView.tsx';

let peer: InspectionPeer;
let inspector: Inspector;
const opened: string[] = [];

beforeEach(async () => {
  // Without a layout nothing has a height, and a virtual list would show no rows.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  peer = await InspectionPeer.start();
  ({ inspector } = peer.inspector());
  inspector.start();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  inspector.dispose();
  peer.stop();
});

function show() {
  const nothing = () => undefined;
  render(
    <AuditView
      inspector={inspector}
      server={{}}
      onInsertTemplate={nothing}
      onOpenSession={(id) => opened.push(id)}
      onShowCommands={nothing}
      onShowSame={nothing}
    />,
  );
}

const entry = { number: 1, atMs: 1000, key: 'support' } as const;

test('entries come with the newest on top, and lead to their sessions', async () => {
  show();
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'audit', number: 1 }));
  const revealed = { ...entry, action: 'reveal', session: 's1' } as const;
  peer.say({ type: 'audited', number: 1, entries: [revealed], dropped: 0 });
  const row = await screen.findByRole('button', { name: 'support: Revealed a token' });
  expect(screen.getByText('s1')).toBeTruthy();
  row.click();
  expect(opened).toEqual(['s1']);
  const ended = { ...entry, number: 2, action: 'end', command: 'SH_END', status: 1 } as const;
  peer.say({ type: 'audited', number: 1, entries: [ended], dropped: 3 });
  await screen.findByText('3 older entries are only in the log of the server.');
  const names = screen.getAllByRole('button').map((each) => each.getAttribute('aria-label'));
  expect(names).toEqual(['support: Sent SH_END, status 1 Ok', 'support: Revealed a token']);
});

test('an empty list says so, and a missing right is named', async () => {
  show();
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'audit', number: 1 }));
  peer.say({ type: 'audited', number: 1, entries: [], dropped: 0 });
  await screen.findByText('Nothing to show yet.');
  peer.say({ type: 'rights', may: ['look'], prefix: '' });
  await screen.findByText('This key lacks the right to see the audit list.');
});

test.each([
  [{ action: 'cut', connection: 7 }, 'Cut off connection 7'],
  [{ action: 'backup' }, 'Made a backup'],
  [
    { action: 'refused', command: 'KV_SET', right: 'change', times: 3 },
    'Was refused KV_SET. This key lacks the right to change sessions. (3 times)',
  ],
  [
    { action: 'refused', request: 'clients' },
    'Was refused clients. This key is not for all sessions.',
  ],
] as const)('%j reads "%s"', (part, words) => {
  expect(wordsOf({ ...entry, ...part })).toBe(words);
});

test('the audit list has a tab only where it may be seen', () => {
  const idsFor = (may: readonly ('look' | 'audit')[]) =>
    viewsFor({ may: [...may], prefix: '' }).map(({ id }) => id);
  expect(idsFor(['look'])).not.toContain('audit');
  expect(idsFor(['look', 'audit'])).toContain('audit');
  expect(viewsFor(fullRights)).toHaveLength(5);
});
