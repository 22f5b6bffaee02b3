import {
  described,
  mapOf,
  object,
  optional as optionalMember,
  string,
  value,
  type Codec,
} from '../codec/codec.ts';
import { optional, required, tkn, type Param } from '../codec/params.ts';
import { st, tkn as replyTkn } from '../codec/replyMembers.ts';
import { asJsonText, type JsonText } from '../json/jsonText.ts';
import { hasTooManyDigits, isWholeNumber } from '../json/wholeNumbers.ts';
import { refused } from '../result.ts';
import { defineCommand } from './defineCommand.ts';
import { keysToName, storeFaults } from './keyValues.ts';

// Commands that read and change a key in one step, so that no other client comes between.

const keyOf = (description: string) => required('key', string, { description, sample: '"key"' });
const replyKey = described(string, 'The key, as sent.');

const KV_TAKE = defineCommand({
  family: 'key',
  summary: 'Read keys and remove them',
  description:
    'Returns the value of each key like KV_GET, and removes the keys in the same step: of several clients that ask for one key, one gets its value and the others get null. For codes that count once.',
  params: { tkn, keys: keysToName },
  reply: object({
    tkn: replyTkn,
    keys: described(
      mapOf(value),
      'Each key with the value that it had, null where there was none.',
    ),
  }),
  statuses: storeFaults,
  isOwn: true,
  extendsWith: 'extendOnGet',
  isMutating: true,
  isDangerous: true,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"otp":"381022"}}}'],
    request: '{"KV_TAKE":{"tkn":"{{tkn}}","keys":["otp","nope"]}}',
    reply: '{"KV_TAKE_RSP":{"tkn":"{{tkn}}","keys":{"otp":"381022","nope":null}}}',
  },
});

/** Integer written with digits only, a minus sign allowed, of any size: kept as text. */
const wholeNumber: Codec<JsonText> = {
  label: 'integer of up to 100 digits',
  schema: { type: 'integer' },
  read: (json) => (isWholeNumber(json) ? json : undefined),
  write: (json) => json,
};

const anyWhole = optional('by', wholeNumber, {
  description: 'What is added: an integer written with digits, with a minus sign to subtract.',
  defaultText: '1',
  sample: '1',
});

/** More than 100 digits are status 42. */
const by: Param<JsonText> & { readonly required: false } = {
  ...anyWhole,
  required: false,
  read: (json = asJsonText('1')) => {
    const read = anyWhole.read(json);
    if (!read.ok) return read;
    const whole = read.value ?? json;
    if (hasTooManyDigits(whole)) return refused({ status: 'ValueSize', param: 'by' });
    return { ok: true, value: whole };
  },
};

const KV_INCR = defineCommand({
  family: 'key',
  summary: 'Add to a whole number',
  description:
    'Adds to the integer that is the value of a key, exactly and whatever its size, up to 100 digits. A key that is not there counts as 0. However many clients count at once, none of their counts is lost.',
  params: { tkn, key: keyOf('Key whose value is an integer.'), by },
  reply: object({
    tkn: replyTkn,
    st,
    key: replyKey,
    value: described(wholeNumber, 'The new number.'),
  }),
  statuses: ['Ok', 'ValueSize', ...storeFaults],
  isOwn: true,
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: true,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"visits":7}}}'],
    request: '{"KV_INCR":{"tkn":"{{tkn}}","key":"visits"}}',
    reply: '{"KV_INCR_RSP":{"tkn":"{{tkn}}","st":1,"key":"visits","value":8}}',
  },
});

const KV_CAS = defineCommand({
  family: 'key',
  summary: 'Store a value if the old one is unchanged',
  description:
    'Compares and sets: stores "value" only if the key still has the value "old", as KV_GET answered it. Without "old" the key must not be there; without "value" it is removed. Otherwise the status is 28, nothing is changed, and the reply has the present value.',
  params: {
    tkn,
    key: keyOf('Key whose value is to change.'),
    old: optional('old', value, {
      description:
        'The value that the key must have, compared as text; white space does not count.',
      defaultText: 'the key must not be there',
      sample: '1',
    }),
    value: {
      ...optional('value', value, {
        description: 'The new value. One of "old" and "value" must be there.',
        defaultText: 'the key is removed',
        sample: '2',
      }),
      neededWithout: 'old',
    },
  },
  reply: object({
    tkn: replyTkn,
    st: described(st, '20 stored as new, 21 replaced, 24 removed, 28 not the old value.'),
    key: replyKey,
    value: optionalMember(
      described(value, 'The present value, with status 28 only; absent when there is no such key.'),
    ),
  }),
  statuses: ['KeySet', 'KeyUpdated', 'KeyRemoved', 'ValueChanged', ...storeFaults],
  isOwn: true,
  extendsWith: 'extendOnSetAdd',
  isMutating: true,
  isDangerous: true,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"seats":4}}}'],
    request: '{"KV_CAS":{"tkn":"{{tkn}}","key":"seats","old":4,"value":3}}',
    reply: '{"KV_CAS_RSP":{"tkn":"{{tkn}}","st":21,"key":"seats"}}',
  },
});

export const atomicCommands = { KV_TAKE, KV_INCR, KV_CAS };
