import {
  boolean,
  described,
  nullable,
  object,
  optional as optionalMember,
  string,
  token,
  tokens,
  unsigned,
} from '../codec/codec.ts';
import { writtenBy } from '../codec/writtenBy.ts';
import { defineCommand } from './defineCommand.ts';
import { nonEmptyString, optional, required, tkn } from '../codec/params.ts';
import { st, tkn as replyTkn } from '../codec/replyMembers.ts';
import { writeToken } from '../token.ts';

/** Expiry as SH_NEW takes it. Unknown members are ignored. */
const expiryRequest = {
  ...object({
    duration: described(unsigned, 'Seconds until it expires; 0: never.'),
    deleteSession: described(
      boolean,
      'true: the session ends too. false: only its keys are deleted, and the timer restarts.',
    ),
    extendOnSetAdd: optionalMember(
      described(
        boolean,
        'true: KV_SET, KV_SETQ, KV_ADD, KV_ADDQ, KV_INCR and KV_CAS restart the timer. Default: false.',
      ),
    ),
    extendOnGet: optionalMember(
      described(boolean, 'true: KV_GET and KV_TAKE restart the timer. Default: false.'),
    ),
  }),
  label: 'object: duration, deleteSession, extendOnSetAdd, extendOnGet',
};

/** Of a session that never expires, and does not say what would extend it: most do not. */
export const neverExpires = { expires: false, duration: 0, time: 0, deleteSession: false };

const expiryMembers = object({
  expires: described(boolean, 'false: it never expires; ignore the rest.'),
  duration: described(unsigned, 'Seconds until it expires, as given.'),
  time: described(unsigned, 'The deadline in Unix time, whole seconds.'),
  deleteSession: described(boolean, 'Whether the session ends with its keys.'),
  remaining: optionalMember(
    described(unsigned, 'Whole seconds until the deadline; only if it expires.'),
  ),
  extendOnSetAdd: optionalMember(described(boolean, 'As given; only if SH_NEW gave either.')),
  extendOnGet: optionalMember(described(boolean, 'As given; only if SH_NEW gave either.')),
});

const neverExpiresText = expiryMembers.write(neverExpires);
const expiryReply = writtenBy(expiryMembers, (expiry) =>
  expiry === neverExpires ? neverExpiresText : expiryMembers.write(expiry),
);

const tokensToLookUp = required('tkns', tokens, {
  description:
    'Tokens to look up. Items that are no tokens are ignored, a repeated one counts once.',
  sample: '["{{tkn}}"]',
});

const SH_NEW = defineCommand({
  family: 'session',
  summary: 'Create a session',
  description:
    'Creates a session and returns its token, which every command on its keys needs. A shared session has a token that follows from its name, so that others can open it by name. With expiry, its keys (and, if asked, the session itself) are deleted after that many seconds.',
  params: {
    name: nonEmptyString('name', {
      missing: 'ValueMissing',
      description: 'Name of the session. It need not be unique unless the session is shared.',
      sample: '"user1"',
    }),
    expiry: optional('expiry', expiryRequest, {
      wrongType: 'CommandSyntax',
      description: 'When its data is deleted.',
      defaultText: 'it never expires',
      sample: '{"duration":900,"deleteSession":true}',
    }),
    shared: optional('shared', boolean, {
      wrongType: 'CommandSyntax',
      description: 'true: others can open it by its name with SH_OPEN.',
      defaultText: 'false',
      sample: 'true',
    }),
  },
  memberCount: { atLeast: 1, atMost: 3, counted: 'first' },
  reply: object({
    st,
    name: described(string, 'The name, as sent.'),
    tkn: described(token, 'Token of the session; with status 103, of the one that already exists.'),
  }),
  statuses: [
    'Ok',
    'SessionNewFail',
    'CommandSyntax',
    'ValueMissing',
    'ValueTypeInvalid',
    'ValueSize',
  ],
  isMutating: true,
  isDangerous: false,
  example: {
    request: '{"SH_NEW":{"name":"cart-77","expiry":{"duration":900,"deleteSession":true}}}',
    reply: '{"SH_NEW_RSP":{"st":1,"name":"cart-77","tkn":"{{new token}}"}}',
  },
});

const SH_END = defineCommand({
  family: 'session',
  summary: 'End a session',
  description: 'Deletes the session and its keys at once, whatever its expiry.',
  params: { tkn },
  reply: object({ st, tkn: replyTkn }),
  statuses: ['Ok', 'SessionNotExist', 'SessionTokenInvalid'],
  isMutating: true,
  isDangerous: true,
  asksInProduction: true,
  example: {
    request: '{"SH_END":{"tkn":"{{tkn}}"}}',
    reply: '{"SH_END_RSP":{"st":1,"tkn":"{{tkn}}"}}',
  },
});

const SH_OPEN = defineCommand({
  family: 'session',
  summary: 'Get the token of a shared session',
  description: 'Returns the token of the existing shared session with this name.',
  params: {
    name: nonEmptyString('name', {
      missing: 'ValueMissing',
      description: 'Name of a shared session, exactly as it was created.',
      sample: '"defaults"',
    }),
  },
  memberCount: { atLeast: 1, atMost: 1, counted: 'first' },
  reply: object({
    st,
    name: described(string, 'The name, as sent.'),
    tkn: described(nullable(token), 'Token of the session; null with status 102.'),
  }),
  statuses: [
    'Ok',
    'SessionOpenFail',
    'CommandSyntax',
    'ValueMissing',
    'ValueTypeInvalid',
    'ValueSize',
  ],
  isMutating: false,
  isDangerous: false,
  example: {
    given: ['{"SH_NEW":{"name":"defaults","shared":true}}'],
    request: '{"SH_OPEN":{"name":"defaults"}}',
    reply: '{"SH_OPEN_RSP":{"st":1,"name":"defaults","tkn":"{{shared token}}"}}',
  },
});

const SH_INFO = defineCommand({
  family: 'session',
  summary: 'Session details',
  description:
    'Says whether the session is shared, how many keys it has, and when it expires. Asking does not extend it.',
  params: { tkn },
  memberCount: { atLeast: 0, atMost: 1, counted: 'last' },
  reply: writtenBy(
    object({
      st,
      tkn: replyTkn,
      shared: described(nullable(boolean), 'Whether it can be opened by its name.'),
      keyCnt: described(nullable(unsigned), 'How many keys it has.'),
      expiry: optionalMember(described(expiryReply, 'When it ends; absent with status 100.')),
    }),
    (info) => {
      const head = `{"st":${info.st},"tkn":${writeToken(info.tkn)},"shared":${info.shared}`;
      const expiry = info.expiry ? `,"expiry":${expiryReply.write(info.expiry)}` : '';
      return `${head},"keyCnt":${info.keyCnt}${expiry}}`;
    },
  ),
  volatile: ['expiry.time', 'expiry.remaining'],
  statuses: ['Ok', 'SessionNotExist', 'SessionTokenInvalid', 'CommandSyntax'],
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"SH_INFO":{"tkn":"{{tkn}}"}}',
    reply:
      '{"SH_INFO_RSP":{"st":1,"tkn":"{{tkn}}","shared":false,"keyCnt":0,"expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}}}',
  },
});

const SH_TOUCH = defineCommand({
  family: 'session',
  summary: "Restart a session's timer",
  description:
    'Moves the deadline of a session to now plus its duration, so that it stays while somebody uses it. May give it another duration, or another end, from now on. A session without expiry stays as it is unless it gets a duration.',
  params: {
    tkn,
    duration: optional('duration', unsigned, {
      wrongType: 'CommandSyntax',
      description: 'Seconds until it expires, from now on; 0: never.',
      defaultText: 'as before',
      sample: '1800',
    }),
    deleteSession: optional('deleteSession', boolean, {
      wrongType: 'CommandSyntax',
      description:
        'true: the session ends with its keys. false: only its keys are deleted, and the timer restarts.',
      defaultText: 'as before; true for a session that had no expiry',
      sample: 'true',
    }),
  },
  refusesSurplus: true,
  reply: object({
    st,
    tkn: replyTkn,
    expiry: described(expiryReply, 'When it ends now, as SH_INFO shows it.'),
  }),
  volatile: ['expiry.time', 'expiry.remaining'],
  statuses: ['Ok', 'CommandSyntax', 'SessionTokenInvalid', 'SessionNotExist'],
  isOwn: true,
  isMutating: true,
  isDangerous: false,
  example: {
    request: '{"SH_TOUCH":{"tkn":"{{tkn}}","duration":1800}}',
    reply:
      '{"SH_TOUCH_RSP":{"st":1,"tkn":"{{tkn}}","expiry":{"expires":true,"duration":1800,"time":1700001800,"deleteSession":true,"remaining":1800}}}',
  },
});

const SH_INFO_ALL = defineCommand({
  family: 'session',
  summary: 'Count sessions and keys',
  description: 'Counts the existing sessions of this server and all their keys.',
  params: {},
  memberCount: { atLeast: 0, atMost: 0, counted: 'first' },
  reply: object({
    totalSessions: described(unsigned, 'Existing sessions.'),
    totalKeys: described(unsigned, 'Keys in all of them together.'),
  }),
  volatile: ['totalSessions', 'totalKeys'],
  statuses: ['CommandSyntax'],
  isBarrier: true,
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"SH_INFO_ALL":{}}',
    reply: '{"SH_INFO_ALL_RSP":{"totalSessions":1,"totalKeys":0}}',
  },
});

const SH_END_ALL = defineCommand({
  family: 'session',
  summary: 'End every session',
  description: 'Deletes all sessions of this server with all their keys at once.',
  params: {},
  reply: object({ st, cnt: described(unsigned, 'Sessions ended.') }),
  volatile: ['cnt'],
  statuses: ['Ok'],
  isBarrier: true,
  isMutating: true,
  isDangerous: true,
  asksInProduction: true,
  example: {
    request: '{"SH_END_ALL":{}}',
    reply: '{"SH_END_ALL_RSP":{"st":1,"cnt":1}}',
  },
});

const SH_EXISTS = defineCommand({
  family: 'session',
  summary: 'Check which sessions exist',
  description:
    'Returns the tokens that belong to an existing session, each once, in the order asked.',
  params: { tkns: tokensToLookUp },
  reply: object({ st, exist: described(tokens, 'Those of existing sessions.') }),
  statuses: ['Ok', 'ParamMissing', 'ValueTypeInvalid'],
  isBarrier: true,
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"SH_EXISTS":{"tkns":["{{tkn}}","9"]}}',
    reply: '{"SH_EXISTS_RSP":{"st":1,"exist":["{{tkn}}"]}}',
  },
});

export const sessionCommands = {
  SH_NEW,
  SH_END,
  SH_OPEN,
  SH_INFO,
  SH_TOUCH,
  SH_INFO_ALL,
  SH_END_ALL,
  SH_EXISTS,
};
