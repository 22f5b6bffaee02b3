import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from '../test/client/clientOf.ts';
import { FakeClock } from '../test/server/fakeClock.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import { Client } from './client.ts';
import { CommandError } from './errors.ts';
import { ExactNumber } from './exactNumber.ts';
import type { ConnectOptions } from './options.ts';
import { Session } from './session.ts';
import { RawJson } from './storedText.ts';

let server: TestServer;
let db: Client;
const serverClock = new FakeClock();

const connectTo = (options?: ConnectOptions) =>
  clientOf(`ws://127.0.0.1:${server.port}`, options).client;

beforeAll(async () => {
  server = await startTestServer([], { clock: serverClock });
  db = connectTo({ inspectionKey: 'a key that no server has' });
});

afterAll(async () => {
  await db.close();
  await server.stop();
});

test('what is stored is read back', async () => {
  const cart = await db.newSession({ name: 'cart' });
  const items = ['a', null, { b: 1.5 }];
  expect(await cart.set({ qty: 2, items })).toEqual({ qty: 'KeySet', items: 'KeySet' });
  expect(await cart.set({ qty: 3 })).toEqual({ qty: 'KeyUpdated' });
  expect(await cart.add({ qty: 4, more: 1 })).toEqual({ qty: 'KeyExists', more: 'KeySet' });
  expect(await cart.get(['items', 'qty', 'nope'])).toEqual({ items, qty: 3, nope: null });
  expect(await cart.has(['qty', 'nope'])).toEqual({ qty: true, nope: false });
  expect(await cart.keys()).toEqual(['qty', 'items', 'more']);
  expect(await cart.remove(['more', 'nope'])).toEqual({ more: 'KeyRemoved', nope: 'KeyNotExist' });
  expect(await cart.replaceAll({ otp: '381022' })).toBe(2);
  expect(await cart.take(['otp', 'qty'])).toEqual({ otp: '381022', qty: null });
  expect(await cart.clear()).toBe(0);
});

test('keys may have any name', async () => {
  const session = await db.newSession({ name: 'names' });
  const names = ['__proto__', 'constructor', 'm', 'st', 'tkn', '', 'toString'];
  await session.set(new Map(names.map((name) => [name, name])));
  expect(Object.entries(await session.get(names))).toEqual(names.map((name) => [name, name]));
  const removed = await session.remove(names);
  // A key named "tkn" is removed, but the protocol has no place for its status (D27).
  const reported = names.filter((name) => name !== 'tkn').map((name) => [name, 'KeyRemoved']);
  expect(Object.entries(removed)).toEqual(reported);
  expect(await session.count()).toBe(0);
});

test('values are appended to, replaced by path and found by path', async () => {
  const session = await db.newSession({ name: 'values' });
  await session.set({ list: [1], car: { wheels: [{ psi: 28 }, { psi: 32 }] } });
  await session.append('list', [2, 3]);
  await session.append('car', [{ psi: 20 }], { name: 'wheels' });
  const low = { path: '$.wheels[?(@.psi < 30)].psi', value: 30 };
  expect(await session.update('car', low)).toBe(2);
  expect(await session.find('$[?(@ > 2)]', { keys: ['list'] })).toEqual({ list: [1, 2, 3] });
  await expect(session.append('nope', [1])).rejects.toMatchObject({ status: 'KeyNotExist' });
  await expect(session.append('car', [1])).rejects.toMatchObject({ status: 'Unknown' });
  await expect(session.update('nope', low)).rejects.toMatchObject({ status: 'KeyNotExist' });
  const bad = session.find('$[?');
  await expect(bad).rejects.toMatchObject({
    command: 'KV_FIND',
    status: 'PathInvalid',
    param: 'path',
  });
  await expect(bad).rejects.toBeInstanceOf(CommandError);
});

test('a session is shared by its name', async () => {
  expect(await db.openSession('defaults')).toBeUndefined();
  const one = await db.sharedSession({ name: 'defaults' });
  const other = await db.sharedSession({ name: 'defaults' });
  expect(other.token).toBe(one.token);
  expect((await db.openSession('defaults'))?.token).toBe(one.token);
  const again = db.newSession({ name: 'defaults', shared: true });
  await expect(again).rejects.toMatchObject({ command: 'SH_NEW', status: 'SessionNewFail' });
  expect((await one.info()).isShared).toBe(true);
});

test('a session expires, can be touched and ended', async () => {
  const session = await db.newSession({ name: 'short', expiry: { seconds: 60 } });
  serverClock.advance(20_000);
  const deadline = expect.any(Date);
  const { expiry } = await session.info();
  expect(expiry).toEqual({ seconds: 60, endSession: true, deadline, remainingSeconds: 40 });
  expect(expiry?.deadline.getTime()).toBeCloseTo(serverClock.nowMs() + 40_000, -4);
  expect(await session.touch({ seconds: 90 })).toMatchObject({ seconds: 90, remainingSeconds: 90 });
  expect(await session.touch({ seconds: 0 })).toBeNull();
  expect(await session.end()).toBe(true);
  expect(await session.end()).toBe(false);
  const gone = { command: 'SH_INFO', status: 'SessionNotExist', code: 100 };
  await expect(session.info()).rejects.toMatchObject(gone);
  await expect(session.set({ a: 1 })).rejects.toMatchObject({
    status: 'SessionNotExist',
    param: '',
  });
});

test('numbers that JavaScript cannot hold keep their digits in every form', async () => {
  const session = await db.newSession({ name: 'numbers' });
  const big = 14247375118774737462n;
  await session.set({ big, real: new ExactNumber('1e400'), small: 0.1, raw: new RawJson('1.50') });
  const names = ['big', 'real', 'small', 'raw'];
  const text = await session.get(names);
  expect(text).toMatchObject({ small: 0.1, raw: 1.5 });
  expect([text['big'], text['real']].map(String)).toEqual([String(big), '1e400']);
  expect(text['big']).toBeInstanceOf(ExactNumber);
  // As read, so stored.
  await session.set(text);

  const asBigInt = connectTo({ numbers: 'bigint' });
  expect(await asBigInt.session(session.token).get(['big', 'small'])).toEqual({ big, small: 0.1 });
  expect(await asBigInt.session(session.token).get(['real'])).toEqual({
    real: new ExactNumber('1e400'),
  });
  await asBigInt.close();

  const asNumber = connectTo({ numbers: 'number' });
  const strict = asNumber.session(session.token);
  expect(await strict.get(['small'])).toEqual({ small: 0.1 });
  await expect(strict.get(['big'])).rejects.toMatchObject({
    name: 'ValueError',
    command: 'KV_GET',
  });
  expect(await strict.count()).toBe(4);
  await asNumber.close();
});

test('increments are exact, and nobody loses one', async () => {
  const session = await db.newSession({ name: 'counter' });
  const other = connectTo().session(session.token);
  await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? session : other).increment('n')));
  expect(await session.increment('n', 9007199254740993n)).toEqual(
    new ExactNumber('9007199254741033'),
  );
});

test('changes by what is there now lose nothing, even if others change it too', async () => {
  const session = await db.newSession({ name: 'change' });
  await session.set({ list: new RawJson('[1.0]'), none: null });
  const add = (n: number) => session.change('list', (list) => [...(list as unknown[]), n]);
  await Promise.all([2, 3, 4, 5].map(add));
  const { list } = await session.get(['list']);
  expect(new Set(list as number[])).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(await session.change('new', (value) => [value === undefined])).toEqual([true]);
  expect(await session.change('none', (value) => [value])).toEqual([null]);
  expect(await session.change('new', () => undefined)).toBeUndefined();
  expect(await session.has(['new'])).toEqual({ new: false });
});

test('a value that is no JSON is refused before anything is sent', async () => {
  const session = await db.newSession({ name: 'values' });
  const wrong = session.set({ a: { b: Number.NaN } });
  await expect(wrong).rejects.toMatchObject({ name: 'ValueError', path: ['keys', 'a', 'b'] });
});

describe('every method takes a signal', () => {
  const options = { signal: AbortSignal.abort(new Error('The user left')) };
  const ofSessions: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
    call: (session) => session.call('KV_COUNT', {}, options),
    set: (session) => session.set({ a: 1 }, options),
    add: (session) => session.add({ a: 1 }, options),
    setQuietly: (session) => session.setQuietly({ a: 1 }, options),
    replaceAll: (session) => session.replaceAll({ a: 1 }, options),
    get: (session) => session.get(['a'], options),
    take: (session) => session.take(['a'], options),
    remove: (session) => session.remove(['a'], options),
    clear: (session) => session.clear(options),
    count: (session) => session.count(options),
    keys: (session) => session.keys(options),
    has: (session) => session.has(['a'], options),
    increment: (session) => session.increment('a', 1, options),
    append: (session) => session.append('a', [1], options),
    update: (session) => session.update('a', { path: '$', value: 1 }, options),
    find: (session) => session.find('$', options),
    change: (session) => session.change('a', () => 1, options),
    info: (session) => session.info(options),
    touch: (session) => session.touch({}, options),
    end: (session) => session.end(options),
    watch: (session) => session.watch(options).next(),
  };
  const ofClients: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
    call: (client) => client.call('SV_INFO', {}, options),
    newSession: (client) => client.newSession({ name: 'one' }, options),
    sharedSession: (client) => client.sharedSession({ name: 'one' }, options),
    openSession: (client) => client.openSession('one', options),
  };

  test.each(Object.keys(ofSessions))('session.%s', async (method) => {
    const outcome = ofSessions[method]?.(db.session('7'));
    if (method === 'watch') await expect(outcome).rejects.toThrow('The user left');
    else await expect(outcome).rejects.toMatchObject({ name: 'NotSentError', reason: 'aborted' });
  });

  test.each(Object.keys(ofClients))('client.%s', async (method) => {
    const outcome = ofClients[method]?.(db);
    await expect(outcome).rejects.toMatchObject({ name: 'NotSentError', reason: 'aborted' });
  });

  test('and there are no others', () => {
    const methodsOf = (made: { readonly prototype: object }) =>
      Object.getOwnPropertyNames(made.prototype).filter((name) => name !== 'constructor');
    expect(methodsOf(Session)).toEqual(Object.keys(ofSessions));
    const withoutCommands = ['session', 'status', 'drain', 'close'];
    expect(methodsOf(Client).toSorted()).toEqual(
      [...Object.keys(ofClients), ...withoutCommands].toSorted(),
    );
  });
});
