import {
  described,
  keyNames,
  listOf,
  mapOf,
  object,
  oneOf,
  optional as optionalMember,
  string,
  unsigned,
  value,
  type Codec,
} from '../codec/codec.ts';
import { defineCommand } from './defineCommand.ts';
import { asJsonText, kindOf, quote, type JsonText } from '../json/jsonText.ts';
import { nonEmptyString, optional, required, tkn, type Param } from '../codec/params.ts';
import { st, tkn as replyTkn } from '../codec/replyMembers.ts';
import { refused } from '../result.ts';

const pathHelp =
  'JSON path (RFC 9535), such as $.list[?(@.n > 2)].name. Inside filters .length also counts the elements of arrays and the characters of strings.';

const plainPath = nonEmptyString('path', {
  missing: 'NoPath',
  description: pathHelp,
  sample: '"$"',
});

/** Missing is status 5, with an empty `m`. */
const pathToFind: Param<string> = {
  ...plainPath,
  read: (json) =>
    json === undefined ? refused({ status: 'NoPath', param: '' }) : plainPath.read(json),
};

const forms = ['keys', 'kv', 'paths'] as const;
const formHelp = {
  description:
    '"keys": names of keys. "kv": keys with their whole values. "paths": where it matches.',
  sample: '"kv"',
};
const formText = required('rsp', string, { missing: 'ValueMissing', ...formHelp });
const knownForm = required('rsp', oneOf(...forms), { wrongType: 'CommandSyntax', ...formHelp });

/** A string that is none of the three is status 13. */
const form: Param<(typeof forms)[number]> = {
  ...knownForm,
  read: (json) => {
    const text = formText.read(json);
    return text.ok ? knownForm.read(json) : text;
  },
};

/** Names of the keys that match, or the keys with their values: a map, or what else has pairs. */
const namesOrEntries: Codec<readonly string[] | Iterable<readonly [string, JsonText]>> = {
  label: 'array of strings, or object: key → value',
  schema: { type: ['array', 'object'] },
  read: (json) => (kindOf(json) === 'array' ? keyNames.read(json) : mapOf(value).read(json)),
  write: (keys) => (isNames(keys) ? keyNames.write([...keys]) : writePairs(keys)),
};

function writePairs(pairs: Iterable<readonly [string, JsonText]>): JsonText {
  const members = Array.from(pairs, ([key, json]) => `${quote(key)}:${json}`);
  return asJsonText(`{${members.join(',')}}`);
}

function isNames(
  keys: readonly string[] | Iterable<readonly [string, JsonText]>,
): keys is readonly string[] {
  return Array.isArray(keys);
}

const KV_FIND = defineCommand({
  family: 'key',
  summary: 'Search values with a JSON path',
  description:
    'Applies a JSON path to the value of each key. A key matches if the path selects something. Numbers compare by their exact value. A path that costs too much is refused with status 4.',
  params: {
    tkn,
    path: pathToFind,
    rsp: form,
    keys: optional('keys', keyNames, {
      description: 'Search only these keys.',
      defaultText: 'all keys',
      sample: '["key"]',
    }),
  },
  checkOrder: ['tkn', 'path', 'rsp', 'keys'],
  memberCount: { atLeast: 0, atMost: 4, counted: 'last' },
  reply: object({
    tkn: replyTkn,
    st,
    keys: optionalMember(
      described(namesOrEntries, 'What matched, with "rsp" "keys" the names, with "kv" the values.'),
    ),
    paths: optionalMember(
      described(listOf(string), 'With "rsp" "paths": every place, without the name of its key.'),
    ),
  }),
  statuses: [
    'Ok',
    'PathInvalid',
    'NoPath',
    'ValueMissing',
    'ValueTypeInvalid',
    'ValueSize',
    'CommandSyntax',
    'SessionTokenInvalid',
    'SessionNotExist',
    'LimitReached',
  ],
  isMutating: false,
  isDangerous: false,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"cars":[{"seats":4},{"seats":2}]}}}'],
    request: '{"KV_FIND":{"tkn":"{{tkn}}","rsp":"paths","path":"$[?(@.seats > 2)]"}}',
    reply: '{"KV_FIND_RSP":{"tkn":"{{tkn}}","st":1,"paths":["$[0]"]}}',
  },
});

const KV_UPDATE = defineCommand({
  family: 'key',
  summary: 'Change parts of a value',
  description:
    'Puts a value in place of everything that a JSON path selects in the value of one key. Paths never create members. All places are found first; of places inside one another both count and the outer one is what remains.',
  params: {
    tkn,
    key: required('key', string, { description: 'Key whose value changes.', sample: '"key"' }),
    path: nonEmptyString('path', { missing: 'ParamMissing', description: pathHelp, sample: '"$"' }),
    value: required('value', value, {
      description: 'Put in place of everything that the path selects.',
      sample: '"new value"',
    }),
  },
  checkOrder: ['tkn', 'key', 'path', 'value'],
  memberCount: { atLeast: 0, atMost: 4, counted: 'last' },
  reply: object({
    tkn: replyTkn,
    st,
    key: described(string, 'The key, as sent.'),
    cnt: described(unsigned, 'Places changed.'),
  }),
  statuses: [
    'Ok',
    'KeyNotExist',
    'PathInvalid',
    'ParamMissing',
    'ValueTypeInvalid',
    'ValueSize',
    'CommandSyntax',
    'SessionTokenInvalid',
    'SessionNotExist',
  ],
  isMutating: true,
  isDangerous: true,
  example: {
    given: ['{"KV_SET":{"tkn":"{{tkn}}","keys":{"car":{"wheels":[{"psi":28},{"psi":32}]}}}}'],
    request:
      '{"KV_UPDATE":{"tkn":"{{tkn}}","key":"car","path":"$.wheels[?(@.psi < 30)].psi","value":32}}',
    reply: '{"KV_UPDATE_RSP":{"tkn":"{{tkn}}","st":1,"key":"car","cnt":1}}',
  },
});

export const queryCommands = { KV_FIND, KV_UPDATE };
