import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { clientOf } from '../test/client/clientOf.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { Client } from './client.ts';
import type { StandardSchema } from './schema.ts';

let server: TestServer;
let db: Client;

beforeAll(async () => {
  server = await startTestServer();
  db = clientOf(`ws://127.0.0.1:${server.port}`).client;
});

afterAll(async () => {
  await db.close();
  await server.stop();
});

/** A schema as libraries make them. */
const schemaOf = <I, O>(
  check: (value: unknown) => O | undefined,
  isSlow = false,
): StandardSchema<I, O> => {
  const resultOf = (value: unknown) => {
    const output = check(value);
    return output === undefined ? { issues: [{ message: 'wrong' }] } : { value: output };
  };
  const validate = (value: unknown) =>
    isSlow ? Promise.resolve(resultOf(value)) : resultOf(value);
  return { '~standard': { version: 1, vendor: 'test', validate } };
};

const qty = schemaOf<number, number>((value) => (typeof value === 'number' ? value : undefined));
const day = schemaOf<string, Date>(
  (value) => (typeof value === 'string' ? new Date(value) : undefined),
  true,
);
const schemas = { qty, day };

test('values have the types of their schemas, and are checked both ways', async () => {
  const cart = await db.newSession({ name: 'cart', schemas });
  await cart.set({ qty: 2, day: '2026-11-28' });
  const { qty: count, day: when } = await cart.get(['qty', 'day']);
  expectTypeOf(count).toEqualTypeOf<number | null>();
  expectTypeOf(when).toEqualTypeOf<Date | null>();
  expect([count, when]).toEqual([2, new Date('2026-11-28')]);
  expect(await cart.take(['qty'])).toEqual({ qty: 2 });
  expect(await cart.get(['qty'])).toEqual({ qty: null });

  // @ts-expect-error -- the schema requires a number; at run time this is rejected
  const wrong = cart.set({ qty: 'two' });
  await expect(wrong).rejects.toMatchObject({ name: 'SchemaError', key: 'qty' });
  expect(await cart.count()).toBe(1);

  await db.session(cart.token).set({ qty: 'two' });
  await expect(cart.get(['qty'])).rejects.toMatchObject({
    name: 'SchemaError',
    key: 'qty',
    issues: [{ message: 'wrong' }],
  });
});

test('a key without a schema is refused', async () => {
  const cart = await db.newSession({ name: 'cart', schemas });
  const other: Record<string, number> = { other: 1 };
  await expect(cart.set(other)).rejects.toMatchObject({ name: 'SchemaError', key: 'other' });
});

test('a change is checked by the schema', async () => {
  const cart = await db.newSession({ name: 'cart', schemas });
  expect(await cart.change('qty', (now = 0) => now + 1)).toBe(1);
  const wrong = cart.change('qty', () => 'two');
  await expect(wrong).rejects.toMatchObject({ name: 'SchemaError', key: 'qty' });
  expect(await cart.get(['qty'])).toEqual({ qty: 1 });
});
