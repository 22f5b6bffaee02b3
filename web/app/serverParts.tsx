import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreSource } from '../connectionBar/storeSource.ts';
import { useServer } from '../servers/servers.ts';
import type { Tab } from '../tabs/tab.ts';
import { lateView } from '../ui/late.tsx';
import type { AppParts } from './createParts.ts';

const ServerPart = lateView(async () => (await import('./ServerPart.tsx')).ServerPart, {
  waiting: null,
  // All else works without it, and it would be in many places.
  frame: () => null,
});

const ConfirmSending = lateView(async () => (await import('./ConfirmSending.tsx')).ConfirmSending);

/** What the page shows of servers; most of it is loaded later. */
export function useServerParts(parts: AppParts, tab: Tab, source: StoreSource) {
  const { store } = tab.connection;
  const isAsking = useStore(store, ({ unsent }) => unsent.some(({ state }) => state === 'asking'));
  const url = useStore(store, (view) => view.url);
  // Before it is needed: a message may wait for it.
  useEffect(() => void ConfirmSending.load().catch(() => {}), []);
  const given = { parts, tab, source };
  return {
    bar: {
      serverName: useServer(parts.servers, url).name,
      facts: <ServerPart at="bar" {...given} />,
      roundTrip: <ServerPart at="details" {...given} />,
      recent: <ServerPart at="address" {...given} />,
      onRecent: () => parts.registry.actions.list()['connection.recent']?.run(),
    },
    sign: useMemo(() => signsOf(parts, source), [parts, source]),
    question: isAsking && <ConfirmSending parts={parts} connection={tab.connection} />,
  };
}

function signsOf(parts: AppParts, source: StoreSource) {
  return (tab: Tab): ReactNode => <ServerPart at="tab" {...{ parts, tab, source }} />;
}
