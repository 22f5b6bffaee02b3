import { expect, test } from 'vitest';
import { newView } from '../connection/page/connectionView.ts';
import { createStore } from 'zustand/vanilla';
import { InspectedServers } from './inspectedServers.ts';

/** A tab that was connected to one address, and has another one in its field. */
function tabAt(connectedTo: string | undefined, url = connectedTo ?? 'ws://nowhere:1') {
  const handshake = {
    url: connectedTo ?? '',
    subprotocols: [],
    origin: undefined,
    answer: undefined,
  };
  const store = createStore(() => ({
    ...newView(url),
    handshake: connectedTo === undefined ? undefined : handshake,
  }));
  return { store };
}

/** Sockets that were asked for: address and subprotocols. */
const opened: string[] = [];

function serversOf(homeUrl: string) {
  opened.length = 0;
  return new InspectedServers({
    homeUrl,
    fetchTicket: () => Promise.resolve('{"proof":"ticket","ticket":"t"}'),
    fetchHealth: () => Promise.resolve('{}'),
    makeSocket: (url, protocols) => {
      opened.push(`${url} ${protocols.at(-1)}`);
      return new EventTarget() as WebSocket;
    },
    nowMs: () => 0,
    setTimer: () => () => {},
    onNextFrame: (run) => run(),
  });
}

const home = 'ws://127.0.0.1:1987';

test.each([
  ['ws://127.0.0.1:1987', home, false],
  ['ws://127.0.0.1:1987/any/path?x=1', home, false],
  ['WS://127.0.0.1:1987/', home, false],
  ['ws://localhost:1987', 'ws://localhost:1987', false],
  ['ws://[::1]:1987', 'ws://[::1]:1987', false],
  ['ws://127.0.0.1:1988', 'ws://127.0.0.1:1988', true],
  ['wss://127.0.0.1:1987', 'wss://127.0.0.1:1987', true],
  ['ws://127.0.0.1', 'ws://127.0.0.1', true],
  ['ws://localhost.evil.example:1987', 'ws://localhost.evil.example:1987', true],
  ['ws://example.com:1987', 'ws://example.com:1987', true],
])('a tab at %s is shown the sessions of %s, foreign: %s', (url, address, isForeign) => {
  const servers = serversOf(home);
  const tab = tabAt(url);
  expect(servers.of(tab)).toMatchObject({ address, isForeign });
  expect(servers.of(tab)).toBe(servers.of(tabAt(url)));
  expect(servers.reachedBy(tab)).toBe(servers.of(tab).inspector);
});

test('a tab that was never connected has our own server, and asks it only at its address', () => {
  const servers = serversOf(home);
  expect(servers.of(tabAt(undefined))).toBe(servers.home);
  expect(servers.reachedBy(tabAt(undefined))).toBeUndefined();
  expect(servers.reachedBy(tabAt(undefined, home))).toBe(servers.home.inspector);
});

test('with an edited address nothing is known of the sessions there', () => {
  const servers = serversOf(home);
  const tab = tabAt(home, 'ws://other.example');
  expect(servers.of(tab)).toBe(servers.home);
  expect(servers.reachedBy(tab)).toBeUndefined();
  expect(servers.reachedBy(tabAt(home, 'no address'))).toBeUndefined();
});

test('another name of this machine is asked with the ticket, another server only with its key', async () => {
  const servers = serversOf(home);
  const alias = servers.of(tabAt('ws://localhost:1987')).inspector;
  const foreign = servers.of(tabAt('ws://127.0.0.1:1988')).inspector;
  alias.start();
  foreign.start();
  await Promise.resolve();
  expect(opened).toEqual(['ws://localhost:1987/inspect seshdeck.ticket.t']);
  expect(foreign.store.getState().status).toEqual({ state: 'needsKey', keyFault: undefined });
  foreign.useKey('key');
  expect(opened[1]).toBe('ws://127.0.0.1:1988/inspect seshdeck.key.a2V5');
});

test('the server that was asked for longest ago is given up beyond the limit', () => {
  const servers = serversOf(home);
  const first = servers.of(tabAt('ws://h0'));
  const second = servers.of(tabAt('ws://h1'));
  servers.of(tabAt('ws://h0'));
  for (let count = 2; count <= 20; count += 1) servers.of(tabAt(`ws://h${count}`));
  expect(servers.of(tabAt('ws://h0'))).toBe(first);
  expect(servers.of(tabAt('ws://h1'))).not.toBe(second);
});
