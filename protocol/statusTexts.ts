import type { StatusName } from './status.ts';

/** What a status means for a person. */
interface StatusText {
  /** One line for tables and hovers. */
  readonly meaning: string;
  /** Why it happens and what to do, in plain words; shown next to a reply. */
  readonly cause: string;
}

/** Every status by name. Apart from the codes, which the first script of the page needs. */
export const statusTexts: Readonly<Record<StatusName, StatusText>> = {
  Ok: { meaning: 'Done', cause: 'The command was carried out.' },
  PayLoadInvalid: {
    meaning: 'The message was not text',
    cause: 'A binary message arrived. Send the command as a text message.',
  },
  JsonInvalid: {
    meaning: 'The text is not JSON',
    cause: 'The text could not be read as JSON. Look for a missing quote, comma or bracket.',
  },
  PathInvalid: {
    meaning: 'The JSON path is malformed',
    cause: 'The JSON path does not follow RFC 9535, or it was too costly to finish.',
  },
  NoPath: {
    meaning: 'path is missing',
    cause: 'The command searches by a JSON path: add the member "path".',
  },
  CommandNotExist: {
    meaning: 'No such command',
    cause: 'Unknown command. Names are upper case, for example SH_NEW.',
  },
  CommandMultiple: {
    meaning: 'More than one command in the message',
    cause: 'A message holds one command. Send the others in separate messages.',
  },
  CommandType: {
    meaning: 'The body is not an object',
    cause: 'What follows the command name must be an object in braces, even if it is empty.',
  },
  CommandSyntax: {
    meaning: 'The request is badly formed',
    cause: 'A parameter is badly formed, or there are too few or too many of them.',
  },
  CommandDisabled: {
    meaning: 'Switched off by configuration',
    cause: 'The operator of this server has switched the command off.',
  },
  KeySet: { meaning: 'Stored, the key was new', cause: 'The key was new and is stored.' },
  KeyUpdated: {
    meaning: 'Stored, an older value was replaced',
    cause: 'The key existed; its value has been replaced.',
  },
  KeyNotExist: {
    meaning: 'No such key',
    cause: 'The session has no key with that name. Names are case-sensitive.',
  },
  KeyExists: {
    meaning: 'The key already exists, left as it was',
    cause: 'The key already exists, so its value was not changed. KV_SET would replace it.',
  },
  KeyRemoved: { meaning: 'Key removed', cause: 'The key and its value are deleted.' },
  ParamMissing: {
    meaning: 'A required parameter is missing',
    cause: 'The command needs a parameter that the message does not have.',
  },
  KeyTypeInvalid: { meaning: 'Reserved', cause: 'This status is reserved and never sent.' },
  ValueChanged: {
    meaning: 'The value is not the one expected, nothing was changed',
    cause:
      'The key does not have the value "old", or it exists and "old" was left out. Nothing was changed. The reply has its current "value", or none if the key does not exist: decide again with that one, and send it as "old".',
  },
  ValueMissing: {
    meaning: 'A required value is missing',
    cause: 'The command needs a value that the message does not have.',
  },
  ValueTypeInvalid: {
    meaning: 'A parameter has the wrong type',
    cause:
      'A parameter has the wrong type, such as a number for a string. KV_INCR: the key holds something other than an integer.',
  },
  ValueSize: {
    meaning: 'A parameter is empty or too long',
    cause: 'A parameter must not be empty, or what it would store is too large.',
  },
  SessionNotExist: {
    meaning: 'No session has this token',
    cause:
      'This server has no session with that token: it was never created here, it has ended, or it has expired.',
  },
  SessionTokenInvalid: {
    meaning: 'tkn is missing, empty or of the wrong type',
    cause: 'The command needs "tkn": the token of a session, as a string of digits.',
  },
  SessionOpenFail: {
    meaning: 'No shared session has this name',
    cause: 'No shared session has that name. SH_NEW with "shared": true creates one.',
  },
  SessionNewFail: {
    meaning: 'A shared session with this name already exists',
    cause: 'That shared session already exists; nothing was changed. The reply has its token.',
  },
  SaveStart: { meaning: 'Reserved', cause: 'This status is reserved and never sent.' },
  SaveComplete: { meaning: 'Saved', cause: 'The sessions are on disk.' },
  SaveDirWriteFail: {
    meaning: 'Could not create the files of the save',
    cause: 'The server could not create the directory or files of the save.',
  },
  SaveError: {
    meaning: 'Failed while saving',
    cause: 'Writing the save failed, so it cannot be loaded.',
  },
  LoadComplete: { meaning: 'Loaded', cause: 'The sessions of the save are restored.' },
  LoadError: {
    meaning: 'Nothing to load under that name',
    cause: 'There is no readable save with that name.',
  },
  StoreUnavailable: {
    meaning: 'The store cannot do this now',
    cause:
      "The server cannot read or write its storage right now. Nothing was changed, and nothing confirmed is lost. Try again later; if it keeps happening, the server's log says why.",
  },
  ReadOnly: {
    meaning: 'Data is read-only',
    cause:
      'This server, or the key used to inspect it, may only read. Nothing was changed. Send changes to a server that accepts them.',
  },
  LimitReached: {
    meaning: 'A limit would be exceeded',
    cause:
      'The server is full: "m" names the limit that would be exceeded. Nothing was changed. Remove keys, end sessions, or ask the operator to raise the limit. With "max-reply", ask for fewer keys.',
  },
  Unknown: {
    meaning: 'Internal error',
    cause: 'Something went wrong inside the server. Its log says more.',
  },
};
