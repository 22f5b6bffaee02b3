import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { SessionOrder } from './sessionOrder.ts';

const mine = '1' as Token;
const other = '2' as Token;

/** Calls that a test lets end. */
function createCalls() {
  const order = new SessionOrder();
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const long = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => {
      ends.set(name, () => resolve(name));
    });
  };
  const short = (name: string) => () => {
    started.push(name);
    return name;
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await turn();
  };
  return { order, started, long, short, end };
}

test('what waits for nothing is carried out at once, without a promise', async () => {
  const { order, long, short, end } = createCalls();
  expect(order.change(mine, short('set'))).toBe('set');
  void order.read(mine, long('find'));
  expect(order.read(mine, short('get'))).toBe('get');
  expect(order.change(other, short('set'))).toBe('set');
  await end('find');
  expect(order.change(mine, short('set'))).toBe('set');
});

test('a change waits for all calls before it, a read for the changes before it', async () => {
  const { order, started, long, short, end } = createCalls();
  void order.read(mine, long('find 1'));
  void order.read(mine, long('find 2'));
  void order.change(mine, long('update'));
  void order.read(mine, short('get'));
  void order.change(mine, short('set'));
  expect(started).toEqual(['find 1', 'find 2']);
  await end('find 1');
  expect(started.length).toBe(2);
  await end('find 2');
  expect(started.slice(2)).toEqual(['update']);
  await end('update');
  expect(started.slice(3)).toEqual(['get', 'set']);
});

test('a call that fails holds up nobody', async () => {
  const { order, started, short } = createCalls();
  const failed = order.change(mine, () => Promise.reject(new Error('a bug')));
  const next = order.change(mine, short('set'));
  await expect(failed).rejects.toThrow('a bug');
  expect(await next).toBe('set');
  await turn();
  expect(order.read(mine, short('get'))).toBe('get');
  expect(started).toEqual(['set', 'get']);
});
