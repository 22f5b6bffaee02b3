import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { pageTokens } from '../connection/page/hiddenTokens.ts';
import type { Connection } from '../connection/page/connection.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { changesOf } from './changeServers.ts';
import { rememberServers } from './rememberServers.ts';
import { createServers } from './servers.ts';

const token = '14247375118774737462';

test('a server is listed once a tab is connected to it, unless its address holds a token', async () => {
  const servers = createServers(storedInMemory());
  const known = () => servers.known.store.getState().map(({ address }) => address);
  const connection = await openScripted(() => []);
  const tabs = createStore<{ tabs: readonly { connection: Connection }[] }>(() => ({ tabs: [] }));
  rememberServers({ store: tabs }, changesOf(servers));
  expect(known()).toEqual([]);
  tabs.setState({ tabs: [{ connection }] });
  expect(known()).toEqual(['ws://scripted']);

  pageTokens.learn(new Map([['tkn', token]]));
  for (const url of [`ws://a.example/${token}`, 'ws://b.example/?key=1']) {
    connection.disconnect();
    connection.setUrl(url);
    // Typed, and not there yet.
    expect(known()).toHaveLength(1);
    connection.connect();
    await vi.waitFor(() => expect(connection.store.getState().status.state).toBe('open'));
  }
  expect(known()).toEqual(['ws://b.example', 'ws://scripted']);
});
