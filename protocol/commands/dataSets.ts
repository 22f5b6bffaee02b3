import {
  described,
  listOf,
  object,
  optional as optionalMember,
  string,
  token,
  unsigned,
} from '../codec/codec.ts';
import { asDataSetName, type DataSetName } from '../dataSetName.ts';
import { dataSetNameRule } from '../dataSetNameRule.mjs';
import { defineCommand } from './defineCommand.ts';
import { nonEmptyString, optional, type Param } from '../codec/params.ts';
import { ok, refused } from '../result.ts';
import type { Token } from '../token.ts';

const anyName = nonEmptyString('name', {
  missing: 'ParamMissing',
  description: `Name of the data set: ${dataSetNameRule}.`,
  sample: '"nightly"',
});

/** A name that is not plain has the wrong type (decision D23). */
const dataSetName: Param<DataSetName> = {
  ...anyName,
  schema: { ...anyName.schema, maxLength: 128 },
  read: (json) => {
    const read = anyName.read(json);
    if (!read.ok) return read;
    const name = asDataSetName(read.value);
    return name ? ok(name) : refused({ status: 'ValueTypeInvalid', param: 'name' });
  },
};

const anyTokens = optional('tkns', listOf(token), {
  description: 'Save only these sessions; tokens of no session are skipped.',
  defaultText: 'all sessions',
  sample: '["{{tkn}}"]',
});

/** Repeated tokens count once; none at all is status 42. */
const tokensToSave: Param<Token[] | undefined> = {
  ...anyTokens,
  label: 'array of tokens',
  schema: { ...anyTokens.schema, minItems: 1 },
  read: (json) => {
    const read = anyTokens.read(json);
    if (!read.ok || read.value === undefined) return read;
    if (read.value.length === 0) return refused({ status: 'ValueSize', param: 'tkns' });
    return ok([...new Set(read.value)]);
  },
};

const savedName = described(string, 'Name of the data set.');

const SH_SAVE = defineCommand({
  family: 'session',
  summary: 'Write sessions to disk',
  description:
    "Saves sessions with their names, expiry and keys as a data set on the server's disk, as they are at one moment. Older saves of the name stay. The reply comes when the save is complete. Off unless the operator has switched it on.",
  params: { name: dataSetName, tkns: tokensToSave },
  needsPersistence: true,
  reply: object({
    st: described(unsigned, '121 when the save is complete.'),
    name: savedName,
    duration: optionalMember(
      described(unsigned, 'Milliseconds that the save took; not sent when it failed.'),
    ),
  }),
  volatile: ['duration'],
  statuses: [
    'SaveComplete',
    'ParamMissing',
    'ValueTypeInvalid',
    'ValueSize',
    'SaveDirWriteFail',
    'SaveError',
    'LimitReached',
  ],
  isBarrier: true,
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"SH_SAVE":{"name":"nightly","tkns":["{{tkn}}"]}}',
    reply: '{"SH_SAVE_RSP":{"st":121,"name":"nightly","duration":4}}',
  },
});

const SH_LOAD = defineCommand({
  family: 'session',
  summary: 'Read sessions from disk',
  description:
    'Restores the sessions of the newest complete save of that name. A session that already exists is left alone and not counted. Expiry timers restart.',
  params: { name: dataSetName },
  reply: object({
    name: savedName,
    st: described(unsigned, '141 when the data set was read.'),
    sessions: described(unsigned, 'Sessions that came back.'),
    keys: described(unsigned, 'Keys of these sessions.'),
  }),
  statuses: ['LoadComplete', 'ParamMissing', 'ValueTypeInvalid', 'ValueSize', 'LoadError'],
  isBarrier: true,
  isMutating: true,
  isDangerous: true,
  asksInProduction: true,
  example: {
    given: [
      '{"KV_SET":{"tkn":"{{tkn}}","keys":{"colour":"teal","size":2}}}',
      '{"SH_SAVE":{"name":"nightly"}}',
      '{"SH_END":{"tkn":"{{tkn}}"}}',
    ],
    request: '{"SH_LOAD":{"name":"nightly"}}',
    reply: '{"SH_LOAD_RSP":{"name":"nightly","st":141,"sessions":1,"keys":2}}',
  },
});

export const dataSetCommands = { SH_SAVE, SH_LOAD };
