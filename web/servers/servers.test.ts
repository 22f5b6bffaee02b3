import { expect, test } from 'vitest';
import { sharedInMemory, storedInMemory } from '../ui/storedInMemory.ts';
import { changesOf, maxDescribed, maxUsed } from './changeServers.ts';
import { createServers } from './servers.ts';

function start(text?: string) {
  const stored = storedInMemory(text);
  const servers = createServers(stored);
  const known = () => servers.known.store.getState();
  return { stored, servers, changes: changesOf(servers), known };
}

const shop = 'wss://shop.example/sessions';

test('a server of this machine is local, and any other has no mode until one is chosen', () => {
  const { servers } = start();
  for (const url of ['ws://127.0.0.1:1987', 'ws://localhost:1', 'ws://[::1]:1', 'localhost:99']) {
    expect(servers.of(url)).toMatchObject({ mode: 'local', colour: 'green' });
  }
  expect(servers.of(shop)).toEqual({
    address: shop,
    name: 'shop.example/sessions',
    ownName: '',
    mode: undefined,
    colour: 'grey',
  });
  expect(servers.of('nonsense')).toMatchObject({ name: 'nonsense', mode: undefined });
});

test('name, mode and colour are kept, and a colour follows the mode until another is chosen', () => {
  const { servers, changes, stored } = start();
  changes.describe(shop, { name: ' Shop ' });
  changes.describe(shop, { mode: 'production' });
  expect(servers.of(shop)).toMatchObject({ name: 'Shop', mode: 'production', colour: 'red' });
  changes.describe(shop, { mode: 'staging' });
  expect(servers.of(shop).colour).toBe('amber');
  changes.describe(shop, { colour: 'violet' });
  changes.describe(shop, { mode: 'production' });
  expect(servers.of(shop).colour).toBe('violet');
  changes.describe(shop, { name: '' });
  const read = createServers(storedInMemory(stored.read()));
  expect(read.of(shop)).toMatchObject({ name: 'shop.example/sessions', mode: 'production' });
  expect(read.of(shop).colour).toBe('violet');
});

test('a server of this machine can be a production server, as behind a tunnel', () => {
  const { servers, changes } = start();
  changes.describe('ws://localhost:1987', { mode: 'production' });
  expect(servers.of('localhost:1987')).toMatchObject({ mode: 'production', colour: 'red' });
  expect(servers.of('ws://localhost:1988').mode).toBe('local');
});

test.each([
  ['wss://me:secret@shop.example/sessions?key=42#there', shop],
  [' WSS://Shop.Example:443/sessions/ ', shop],
  ['https://shop.example/sessions', shop],
])('%s is the server %s: nothing secret is kept', (url, address) => {
  const { servers, changes, known, stored } = start();
  changes.connected(url);
  changes.describe(url, { mode: 'production' });
  expect(known()).toMatchObject([{ address }]);
  expect(stored.read()).not.toMatch(/secret|42|there/);
  expect(servers.of(url).mode).toBe('production');
});

test('what is no address is not kept', () => {
  const { changes, known } = start();
  for (const text of ['', 'me:secret@', 'ftp://me:secret@a.example']) {
    changes.connected(text);
    changes.describe(text, { name: 'a' });
  }
  expect(known()).toEqual([]);
});

test('two servers behind one host, on another path or another scheme, are two', () => {
  const { servers, changes } = start();
  changes.describe(shop, { mode: 'production' });
  for (const url of ['wss://shop.example', 'ws://shop.example/sessions', `${shop}/2`]) {
    expect(servers.of(url).mode).toBeUndefined();
  }
});

test('the server that was used last is first, each once, and the oldest are forgotten', () => {
  const { changes, known } = start();
  changes.describe(shop, { mode: 'production' });
  for (let port = 0; port <= maxUsed; port += 1) changes.connected(`ws://a.example:${port}`);
  changes.connected('ws://a.example:5');
  expect(
    known()
      .slice(0, 2)
      .map(({ address }) => address),
  ).toEqual(['ws://a.example:5', `ws://a.example:${maxUsed}`]);
  // A server with a mode stays protected, however long ago it was used.
  expect(known()).toHaveLength(maxUsed + 1);
  expect(known().at(-1)).toMatchObject({ address: shop, mode: 'production' });
});

test('of described servers there is a limit as well', () => {
  const { changes, known } = start();
  for (let port = 0; port <= maxDescribed; port += 1) {
    changes.describe(`ws://a.example:${port}`, { name: `${port}` });
  }
  expect(known()).toHaveLength(maxDescribed);
  expect(known()[0]).toMatchObject({ name: `${maxDescribed}` });
});

test('a server is removed with what was said of it, and brought back to its place', () => {
  const { servers, changes, known } = start();
  changes.connected('ws://a.example');
  changes.describe(shop, { mode: 'production' });
  changes.connected('ws://b.example');
  const before = known();
  const undo = changes.remove(shop);
  expect(servers.of(shop).mode).toBeUndefined();
  undo();
  expect(known()).toEqual(before);
  const undoLate = changes.remove(shop);
  changes.connected(shop);
  undoLate();
  expect(known().map(({ address }) => address)).toEqual([shop, 'ws://b.example', 'ws://a.example']);
});

test('all windows have one list, and one sees at once what another has chosen', () => {
  const shared = sharedInMemory();
  const [one, other] = [createServers(shared.window()), createServers(shared.window())];
  changesOf(one).describe(shop, { mode: 'production' });
  changesOf(other).connected('ws://b.example');
  shared.deliver();
  expect(other.of(shop).mode).toBe('production');
  expect(one.known.store.getState()).toHaveLength(2);
});
