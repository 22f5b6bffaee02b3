import fc from 'fast-check';
import { naivePaths, type Plain } from './naiveModel.ts';

const key = fc.constantFrom('a', 'b', 'c', 'tkn');
const { plain } = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Plain>(0, 1, 2, 3, 'x', null),
    fc.array(tie('plain'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('plain'), { noNullPrototype: true }),
  ),
}));
const at = fc.nat({ max: 4 });
const keys = fc.array(key, { maxLength: 4 });
const entries = fc.uniqueArray(fc.tuple(key, plain), { maxLength: 3, selector: ([name]) => name });
const name = fc.constantFrom('red', 'blue');
const expiry = fc.record(
  {
    duration: fc.constantFrom(0, 1, 2, 5),
    deleteSession: fc.boolean(),
    extendOnSetAdd: fc.boolean(),
    extendOnGet: fc.boolean(),
  },
  { requiredKeys: ['duration', 'deleteSession'] },
);
const is = fc.constant;
/** Any command that a naive model knows, or a while to wait. */
export const moves = fc.oneof(
  fc.record({ move: is('wait' as const), ms: fc.constantFrom(1, 250, 999, 1000, 2500, 60_000) }),
  fc.record({
    move: is('SH_NEW' as const),
    name,
    shared: fc.boolean(),
    expiry: fc.option(expiry, { nil: undefined }),
  }),
  fc.record({ move: is('SH_OPEN' as const), name }),
  fc.record({ move: is('SH_INFO_ALL' as const) }),
  fc.record({ move: is('SH_END_ALL' as const) }),
  fc.record({ move: is('SH_EXISTS' as const), ats: fc.array(at, { maxLength: 4 }) }),
  fc.record({ move: fc.constantFrom('SH_END' as const, 'KV_CLEAR' as const), at }),
  fc.record({
    move: fc.constantFrom(
      'SH_INFO' as const,
      'KV_COUNT' as const,
      'KV_KEYS' as const,
      'SH_KEYS' as const,
    ),
    at,
  }),
  fc.record({
    move: fc.constantFrom(
      'KV_SET' as const,
      'KV_SETQ' as const,
      'KV_ADD' as const,
      'KV_ADDQ' as const,
      'KV_CLEAR_SET' as const,
    ),
    at,
    entries,
  }),
  fc.record({
    move: fc.constantFrom(
      'KV_GET' as const,
      'KV_RMV' as const,
      'KV_CONTAINS' as const,
      'KV_TAKE' as const,
    ),
    at,
    keys,
  }),
  fc.record({
    move: is('SH_TOUCH' as const),
    at,
    duration: fc.option(fc.constantFrom(0, 1, 2, 5), { nil: undefined }),
    deleteSession: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    move: is('KV_INCR' as const),
    at,
    key,
    by: fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined }),
  }),
  fc
    .record({
      move: is('KV_CAS' as const),
      at,
      key,
      old: fc.option(plain, { nil: undefined }),
      value: fc.option(plain, { nil: undefined }),
    })
    .filter(({ old, value }) => old !== undefined || value !== undefined),
  fc.record({
    move: is('KV_ARR_APPEND' as const),
    at,
    key,
    items: fc.array(plain, { maxLength: 2 }),
    name: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  }),
  fc.record({
    move: is('KV_FIND' as const),
    at,
    path: fc.constantFrom(...naivePaths),
    rsp: fc.constantFrom('keys', 'kv', 'paths'),
    keys: fc.option(keys, { nil: undefined }),
  }),
  fc.record({
    move: is('KV_UPDATE' as const),
    at,
    key,
    path: fc.constantFrom(...naivePaths),
    value: plain,
  }),
);
