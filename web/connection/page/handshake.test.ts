import { expect, test } from 'vitest';
import { maxAddressLength, readAddress } from './address.ts';
import { startConnection, startPeer } from '../../../test/web/connectionHarness.ts';
import { describeClose } from '../texts/describeClose.ts';
import { describeFault } from '../texts/describeFault.ts';

test('subprotocols are asked for in order, and the view says which one the server took', async () => {
  const asked: string[][] = [];
  const peer = await startPeer(() => {}, {
    handleProtocols: (names) => {
      asked.push([...names]);
      return 'v2.json';
    },
  });
  const { connection, untilState, view } = startConnection(peer.port, { origin: 'http://a.test' });
  expect(connection.setSubprotocols(['v3.json', 'v2.json']).ok).toBe(true);
  connection.connect();
  expect(view().handshake).toEqual({
    url: `ws://127.0.0.1:${peer.port}`,
    subprotocols: ['v3.json', 'v2.json'],
    origin: 'http://a.test',
    answer: undefined,
  });
  await untilState('open');
  expect(asked).toEqual([['v3.json', 'v2.json']]);
  const answer = view().handshake?.answer;
  expect(answer).toMatchObject({ subprotocol: 'v2.json', extensions: '' });
  expect(answer?.connectMs).toBeGreaterThan(0);
});

test('a server that takes none of the subprotocols is reported as the likely cause', async () => {
  const peer = await startPeer(() => {}, { handleProtocols: () => false });
  const { connection, untilState, view } = startConnection(peer.port);
  connection.setSubprotocols(['v9']);
  connection.connect();
  await untilState('retrying');
  const { lastClose } = view();
  expect(lastClose && describeClose(lastClose)).toMatch(/does it support one of v9\?$/);
  expect(view().handshake?.answer).toBeUndefined();
});

test.each([
  [['with space'], /“with space” isn't a subprotocol/],
  [[''], /isn't a subprotocol/],
  [['a,b'], /“a,b” isn't a subprotocol/],
  [['é'], /“é” isn't a subprotocol/],
  [['a', 'b', 'a'], /“a” is there twice/],
  [['x'.repeat(101)], /at most 100 characters/],
  [Array.from({ length: 21 }, (_, index) => `p${index}`), /at most 20 subprotocols/],
])('subprotocols %j are refused, and the old ones stay', (names, why) => {
  const { connection, view } = startConnection(1);
  connection.setSubprotocols(['old']);
  const taken = connection.setSubprotocols(names);
  expect(taken.ok ? '' : describeFault(taken.refusal)).toMatch(why);
  expect(view().subprotocols).toEqual(['old']);
});

test.each([
  ['', /Enter an address/],
  ['nowhere', /isn't a WebSocket address/],
  ['ws://', /isn't a WebSocket address/],
  ['ws://host:99999', /isn't a WebSocket address/],
  ['ftp://host', /must begin with ws:\/\/ or wss:\/\/, not ftp:\/\//],
  ['file:///etc', /must begin with/],
  ['javascript:alert(1)', /must begin with/],
  ['mailto:me@example.com', /must begin with/],
  ['ws://host/#part', /must not have a # part/],
  ['http://host/#part', /must not have a # part/],
  ['localhost:99/#part', /must not have a # part/],
  ['localhost:99999', /isn't a WebSocket address/],
  ['http:// host', /isn't a WebSocket address/],
  ['a.example and more', /isn't a WebSocket address/],
  ['::1', /isn't a WebSocket address/],
  [':1987', /isn't a WebSocket address/],
  ['1987', /isn't a WebSocket address/],
])('the address %j is refused in words', (address, why) => {
  const read = readAddress(address, undefined);
  expect(read.ok ? '' : describeFault(read.refusal)).toMatch(why);
});

test.each(['ws://host', 'wss://host:8443/path?a=b&a=c', ' ws://[::1]:1987 ', 'WS://HOST'])(
  'the address %j is taken',
  (address) => {
    expect(readAddress(address, undefined).ok).toBe(true);
  },
);

test.each([
  ['localhost:99', 'ws://localhost:99'],
  ['localhost', 'ws://localhost'],
  ['127.0.0.1:1987', 'ws://127.0.0.1:1987'],
  ['[::1]:1987', 'ws://[::1]:1987'],
  ['[::1]', 'ws://[::1]'],
  ['  box:1987\n', 'ws://box:1987'],
  ['example.com/path?a=b', 'ws://example.com/path?a=b'],
  ['example.com?a=b', 'ws://example.com?a=b'],
  ['//example.com:8', 'ws://example.com:8'],
  ['http://127.0.0.1:1987/', 'ws://127.0.0.1:1987/'],
  [' HTTPS://Example.com/x ', 'wss://Example.com/x'],
  ['WS://HOST', 'WS://HOST'],
])('the address %j is tried as %s', (address, tried) => {
  expect(readAddress(address, undefined)).toEqual({ ok: true, value: tried });
});

test('from a page over https an address without a scheme is wss://, except on this machine', () => {
  const tried = (address: string) => readAddress(address, 'https://a.test');
  expect(tried('example.com:8')).toEqual({ ok: true, value: 'wss://example.com:8' });
  expect(tried('localhost:99')).toEqual({ ok: true, value: 'ws://localhost:99' });
  expect(tried('[::1]:99')).toEqual({ ok: true, value: 'ws://[::1]:99' });
});

test('the address that is tried is the one that is shown', async () => {
  const peer = await startPeer(() => {});
  const { connection, view, untilState } = startConnection(1);
  connection.setUrl(` 127.0.0.1:${peer.port} `);
  connection.connect();
  await untilState('open');
  expect(view().url).toBe(`ws://127.0.0.1:${peer.port}`);
});

test('from a page over https, plain ws:// is for this machine only', () => {
  const isTaken = (address: string) => readAddress(address, 'https://a.test').ok;
  expect(isTaken('ws://example.com')).toBe(false);
  expect(isTaken('ws://127.evil.example')).toBe(false);
  expect(['ws://127.0.0.1:1', 'ws://localhost', 'ws://[::1]', 'wss://a.b'].every(isTaken)).toBe(
    true,
  );
});

test('regression 9: a huge text is not taken for an address, and the status says why', () => {
  const { connection, view } = startConnection(1);
  const before = view().url;
  const huge = `ws://${'a.'.repeat(5_000_000)}`;
  expect(connection.setUrl(huge).ok).toBe(false);
  expect(view().url).toBe(before);
  const { status } = view();
  expect(status).toMatchObject({ state: 'closed', close: { code: 0 } });
  expect(status.state === 'closed' && status.close && describeClose(status.close)).toMatch(
    /too long: 10,000,005 characters, at most 2,000/,
  );
  expect(connection.setUrl('ws://a').ok).toBe(true);
  expect(view().status).toEqual({ state: 'closed', close: undefined });
});

test('regression 9: the longest address is checked in time that grows with its length only', () => {
  const worst = ['a.', '%', '@', ':', '[', '//', '\t'].map((part) => `ws://${part.repeat(2_000)}`);
  for (const text of worst) readAddress(text.slice(0, maxAddressLength), 'https://a.test');
  expect(readAddress(`ws://h/${'a'.repeat(maxAddressLength - 7)}`, undefined).ok).toBe(true);
  expect(readAddress(`ws://h/${'a'.repeat(maxAddressLength - 6)}`, undefined).ok).toBe(false);
});
