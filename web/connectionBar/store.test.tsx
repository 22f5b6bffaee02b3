// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { StoreFacts } from '../../protocol/inspection/storeFacts.ts';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { StoreChip } from './BarFacts.tsx';
import { StoreDetails } from './StoreDetails.tsx';
import { StoreNotice } from './StoreNotice.tsx';

afterEach(cleanup);

const durable: StoreFacts = {
  durability: 'commit',
  state: 'ready',
  reason: undefined,
  journal: {
    lastSyncAtMs: 1_700_000_000_000,
    unsyncedBytes: 1234,
    journalBytes: 5_600_000,
    lastSnapshotAtMs: undefined,
  },
};
const memory: StoreFacts = {
  durability: 'memory',
  state: 'ready',
  reason: undefined,
  journal: undefined,
};

const sourceOf = (store?: StoreFacts) =>
  createStore<{ store: StoreFacts | undefined }>(() => ({ store }));

const chip = () => screen.queryByRole('status', { name: 'Durability' });

async function showBar(store?: StoreFacts) {
  const connection = await openScripted(() => []);
  const source = sourceOf(store);
  render(<StoreChip {...{ connection, source }} />);
  return { connection, source };
}

test.each([
  [memory, 'Memory only'],
  [{ ...durable, durability: 'relaxed' }, 'Relaxed'],
  [durable, 'Durable'],
  [{ ...memory, durability: 'replica' }, 'Replicated'],
  [{ ...memory, durability: 'master' }, 'Redis'],
  [{ ...durable, readOnly: true }, 'Read-only'],
  [{ ...durable, state: 'loading' }, 'Loading data…'],
  [{ ...durable, state: 'refusing', reason: 'The disk is full' }, 'Changes refused'],
] as const)('the bar says in a word how safe the data is: %j', async (store, word) => {
  await showBar(store);
  expect(chip()?.textContent).toBe(word);
});

test('of a server that says nothing of its store, and without a connection, nothing is shown', async () => {
  const { connection, source } = await showBar();
  expect(chip()).toBeNull();
  act(() => source.setState({ store: durable }));
  expect(chip()?.textContent).toBe('Durable');
  act(() => void connection.disconnect());
  expect(chip()).toBeNull();
});

test.each([
  ['the disk is full (ENOSPC)', ': the disk is full (ENOSPC). Make room there;'],
  ['the disk quota is used up (EDQUOT)', 'Make room there;'],
  ['the disk is read-only (EROFS)', 'Make its data directory writable;'],
  ['there is no permission to write (EACCES)', 'Make its data directory writable;'],
  ['the disk reports an error (EIO)', 'Make a backup and look at the disk.'],
  ['a lost race', ': a lost race. See its log for more.'],
  [undefined, 'refuses changes. See its log for more.'],
])('a store that refuses changes because of %j says why, and what helps', (reason, words) => {
  render(<StoreNotice source={sourceOf({ ...durable, state: 'refusing', reason })} />);
  const alert = screen.getByRole('alert').textContent;
  expect(alert).toMatch(/^This server refuses changes/);
  expect(alert).toContain(words);
  expect(alert).toContain('Reading still works.');
});

test('the details have durability, changes, last sync, what is not on disk, and the snapshot', () => {
  render(<StoreDetails store={durable} />);
  const facts = within(screen.getByRole('region', { name: 'Data' }));
  expect(facts.getByText('Durable: a change is on disk before its reply.')).toBeDefined();
  expect(facts.getByText('accepted')).toBeDefined();
  expect(facts.getByText(new Date(1_700_000_000_000).toLocaleString('en-GB'))).toBeDefined();
  expect(facts.getByText('1.2 kB')).toBeDefined();
  expect(facts.getByText('none yet')).toBeDefined();
  expect(facts.getByText('5.6 MB since the snapshot')).toBeDefined();
});

test('the details of a read-only server say that it refuses changes', () => {
  render(<StoreDetails store={{ ...durable, readOnly: true }} />);
  expect(screen.getByText('refused: this server is read-only (status 902)')).toBeDefined();
});

test('the details of a store in memory have nothing of a disk', () => {
  render(<StoreDetails store={memory} />);
  expect(screen.getByText('Memory only: all data is lost when the server stops.')).toBeDefined();
  expect(screen.queryByText('Last sync')).toBeNull();
});
