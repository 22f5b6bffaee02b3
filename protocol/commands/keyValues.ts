import { flatKeyStatuses, keyStatuses } from '../codec/keyStatuses.ts';
import {
  boolean,
  described,
  keyNames,
  listOf,
  mapOf,
  object,
  string,
  unsigned,
  value,
  values,
} from '../codec/codec.ts';
import { defineCommand } from './defineCommand.ts';
import { optional, required, tkn } from '../codec/params.ts';
import { statusText } from '../status.ts';
import { keyedReply, st, tkn as replyTkn } from '../codec/replyMembers.ts';

const keysToStore = required('keys', values, {
  description: 'Keys to store, each with its value: any JSON, kept exactly as written.',
  sample: '{"key":"value"}',
});

/** Parameter `keys` of the commands that ask for some. */
export const keysToName = required('keys', keyNames, {
  description: 'Names of keys. A name given twice counts once.',
  sample: '["key"]',
});

/** Faults of the commands that take `keys`. */
export const storeFaults = [
  'ParamMissing',
  'ValueTypeInvalid',
  'SessionTokenInvalid',
  'SessionNotExist',
] as const;
const oneColour = '{"KV_SET":{"tkn":"{{tkn}}","keys":{"colour":"teal"}}}';
const replyKeys = described(keyStatuses, 'Status of each key.');
const statusesByKey = keyedReply(replyKeys, statusText);
const countReply = (meaning: string) =>
  object({ st, cnt: described(unsigned, meaning), tkn: replyTkn });

const KV_SET = defineCommand({
  family: 'key',
  summary: 'Store keys',
  description:
    'Stores each key with its value. A key that is there already gets the new value and keeps its place.',
  params: { tkn, keys: keysToStore },
  reply: statusesByKey,
  hasKeyStatuses: true,
  statuses: ['KeySet', 'KeyUpdated', ...storeFaults],
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: false,
  example: {
    request: '{"KV_SET":{"tkn":"{{tkn}}","keys":{"colour":"teal","sizes":[1,2]}}}',
    reply: '{"KV_SET_RSP":{"tkn":"{{tkn}}","keys":{"colour":20,"sizes":20}}}',
  },
});

const KV_SETQ = defineCommand({
  family: 'key',
  summary: 'Store keys, with no reply unless it fails',
  description: 'Like KV_SET, but silent on success. Errors are answered.',
  params: { tkn, keys: keysToStore },
  reply: statusesByKey,
  hasKeyStatuses: true,
  statuses: storeFaults,
  isQuiet: true,
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: false,
  example: {
    request: '{"KV_SETQ":{"tkn":"{{tkn}}","keys":{"colour":"teal"}}}',
    reply: null,
  },
});

const KV_ADD = defineCommand({
  family: 'key',
  summary: 'Store only new keys',
  description:
    'Stores the keys that the session does not have yet and leaves the others as they are. The reply has a status for each key.',
  params: { tkn, keys: keysToStore },
  reply: statusesByKey,
  hasKeyStatuses: true,
  statuses: ['KeySet', 'KeyExists', ...storeFaults],
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: false,
  example: {
    given: [oneColour],
    request: '{"KV_ADD":{"tkn":"{{tkn}}","keys":{"colour":"red","shape":"cube"}}}',
    reply: '{"KV_ADD_RSP":{"tkn":"{{tkn}}","keys":{"colour":23,"shape":20}}}',
  },
});

const KV_ADDQ = defineCommand({
  family: 'key',
  summary: 'Add keys, reply only on conflict',
  description:
    'Like KV_ADD, but silent when every key was new. Otherwise the reply names only the keys that were there already; the new ones are stored.',
  params: { tkn, keys: keysToStore },
  reply: statusesByKey,
  hasKeyStatuses: true,
  statuses: ['KeyExists', ...storeFaults],
  isQuiet: true,
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: false,
  example: {
    given: [oneColour],
    request: '{"KV_ADDQ":{"tkn":"{{tkn}}","keys":{"colour":"red","weight":9}}}',
    reply: '{"KV_ADDQ_RSP":{"tkn":"{{tkn}}","keys":{"colour":23}}}',
  },
});

const KV_GET = defineCommand({
  family: 'key',
  summary: 'Read keys',
  description: 'Returns the value of each key in the order asked, null where there is none.',
  params: { tkn, keys: keysToName },
  reply: keyedReply(
    described(values, 'Each key with its value, null where there is none.'),
    (text) => text,
  ),
  statuses: [...storeFaults, 'LimitReached'],
  extendsWith: 'extendOnGet',
  isMutating: false,
  isDangerous: false,
  example: {
    given: [oneColour],
    request: '{"KV_GET":{"tkn":"{{tkn}}","keys":["colour","nope"]}}',
    reply: '{"KV_GET_RSP":{"tkn":"{{tkn}}","keys":{"colour":"teal","nope":null}}}',
  },
});

const KV_RMV = defineCommand({
  family: 'key',
  summary: 'Remove keys',
  description:
    'Removes the named keys. The reply lists each key beside "tkn", not inside "keys": 24 for removed, 22 for not there.',
  params: { tkn, keys: keysToName },
  reply: flatKeyStatuses,
  hasKeyStatuses: true,
  statuses: ['KeyRemoved', 'KeyNotExist', ...storeFaults],
  isMutating: true,
  isDangerous: true,
  example: {
    given: [oneColour],
    request: '{"KV_RMV":{"tkn":"{{tkn}}","keys":["colour","nope"]}}',
    reply: '{"KV_RMV_RSP":{"tkn":"{{tkn}}","colour":24,"nope":22}}',
  },
});

const KV_CLEAR = defineCommand({
  family: 'key',
  summary: 'Remove all keys',
  description: 'Removes every key of the session. The session and its expiry stay.',
  params: { tkn },
  memberCount: { atLeast: 0, atMost: 1, counted: 'last' },
  reply: countReply('Keys removed.'),
  statuses: ['Ok', 'SessionTokenInvalid', 'CommandSyntax', 'SessionNotExist'],
  isMutating: true,
  isDangerous: true,
  asksInProduction: true,
  example: {
    given: [oneColour],
    request: '{"KV_CLEAR":{"tkn":"{{tkn}}"}}',
    reply: '{"KV_CLEAR_RSP":{"st":1,"cnt":1,"tkn":"{{tkn}}"}}',
  },
});

const KV_COUNT = defineCommand({
  family: 'key',
  summary: 'Count keys',
  description: 'Counts the keys of the session.',
  params: { tkn },
  memberCount: { atLeast: 0, atMost: 1, counted: 'last' },
  reply: countReply('Keys it has.'),
  statuses: ['Ok', 'SessionTokenInvalid', 'CommandSyntax', 'SessionNotExist'],
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"KV_COUNT":{"tkn":"{{tkn}}"}}',
    reply: '{"KV_COUNT_RSP":{"st":1,"cnt":0,"tkn":"{{tkn}}"}}',
  },
});

const KV_CONTAINS = defineCommand({
  family: 'key',
  summary: 'Check which keys exist',
  description: 'Says for each key whether the session has it. A key with the value null counts.',
  params: { tkn, keys: keysToName },
  reply: object({
    st,
    tkn: replyTkn,
    keys: described(mapOf(boolean), 'Each key with true if it is there.'),
  }),
  statuses: ['Ok', ...storeFaults],
  isMutating: false,
  isDangerous: false,
  example: {
    given: [oneColour],
    request: '{"KV_CONTAINS":{"tkn":"{{tkn}}","keys":["colour","nope"]}}',
    reply: '{"KV_CONTAINS_RSP":{"st":1,"tkn":"{{tkn}}","keys":{"colour":true,"nope":false}}}',
  },
});

const KV_KEYS = defineCommand({
  family: 'key',
  summary: 'List keys',
  description: 'Lists the names of all keys of the session, in the order they were first stored.',
  params: { tkn },
  reply: object({ tkn: replyTkn, st, keys: described(keyNames, 'Names in their order.') }),
  statuses: ['Ok', 'SessionTokenInvalid', 'SessionNotExist', 'LimitReached'],
  isMutating: false,
  isDangerous: false,
  example: {
    given: [oneColour],
    request: '{"KV_KEYS":{"tkn":"{{tkn}}"}}',
    reply: '{"KV_KEYS_RSP":{"tkn":"{{tkn}}","st":1,"keys":["colour"]}}',
  },
});

const SH_KEYS = defineCommand({
  ...KV_KEYS,
  summary: 'List keys, same as KV_KEYS',
  description: 'Another name of KV_KEYS.',
  example: {
    given: [oneColour],
    request: '{"SH_KEYS":{"tkn":"{{tkn}}"}}',
    reply: '{"SH_KEYS_RSP":{"tkn":"{{tkn}}","st":1,"keys":["colour"]}}',
  },
});

const KV_CLEAR_SET = defineCommand({
  family: 'key',
  summary: 'Replace all keys',
  description:
    'Removes every key of the session and stores the given ones, in one step. The reply says how many were removed.',
  params: { tkn, keys: keysToStore },
  reply: object({ tkn: replyTkn, st, cnt: described(unsigned, 'Keys removed.'), keys: replyKeys }),
  statuses: ['Ok', 'KeySet', ...storeFaults],
  isMutating: true,
  isDangerous: true,
  asksInProduction: true,
  example: {
    given: [oneColour],
    request: '{"KV_CLEAR_SET":{"tkn":"{{tkn}}","keys":{"a":1}}}',
    reply: '{"KV_CLEAR_SET_RSP":{"tkn":"{{tkn}}","st":1,"cnt":1,"keys":{"a":20}}}',
  },
});

const KV_ARR_APPEND = defineCommand({
  family: 'key',
  summary: 'Append to an array',
  description:
    'Appends items to the array that is the value of a key or, with "name", a member of the object that is its value.',
  params: {
    tkn,
    key: required('key', string, { description: 'Key whose value grows.', sample: '"key"' }),
    items: required('items', listOf(value), {
      description: 'Items to append one by one, duplicates and all.',
      sample: '["item"]',
    }),
    name: optional('name', string, {
      description: 'Member of the object that is the array: a plain name, not a path.',
      defaultText: 'the value itself is the array',
      sample: '"name"',
    }),
  },
  reply: object({ tkn: replyTkn, st }),
  statuses: ['Ok', 'KeyNotExist', 'Unknown', 'ValueSize', ...storeFaults],
  isMutating: true,
  isDangerous: true,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"profile":{"teams":["hawks"]}}}}'],
    request: '{"KV_ARR_APPEND":{"tkn":"{{tkn}}","key":"profile","name":"teams","items":["owls"]}}',
    reply: '{"KV_ARR_APPEND_RSP":{"tkn":"{{tkn}}","st":1}}',
  },
});

export const keyValueCommands = {
  KV_SET,
  KV_SETQ,
  KV_ADD,
  KV_ADDQ,
  KV_GET,
  KV_RMV,
  KV_CLEAR,
  KV_COUNT,
  KV_CONTAINS,
  KV_KEYS,
  SH_KEYS,
  KV_CLEAR_SET,
  KV_ARR_APPEND,
};
