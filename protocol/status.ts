/** One status of the protocol: what it is called and what it tells a person. */
interface StatusEntry {
  readonly code: number;
  /** One line for tables and hovers. */
  readonly meaning: string;
  /** Why it happens and what to do, in plain words; shown next to a reply. */
  readonly cause: string;
}

/** Every status by name. Append only: codes are on the wire. */
export const statuses = {
  Ok: { code: 1, meaning: 'Done', cause: 'The command was carried out.' },
  PayLoadInvalid: {
    code: 2,
    meaning: 'The message was not text',
    cause: 'A binary message arrived. Send the command as a text message.',
  },
  JsonInvalid: {
    code: 3,
    meaning: 'The text is not JSON',
    cause: 'The text could not be read as JSON. Look for a missing quote, comma or bracket.',
  },
  PathInvalid: {
    code: 4,
    meaning: 'The JSON path is malformed',
    cause: 'The JSON path does not follow RFC 9535, or it was too costly to finish.',
  },
  NoPath: {
    code: 5,
    meaning: 'path is missing',
    cause: 'The command searches by a JSON path: add the member "path".',
  },
  CommandNotExist: {
    code: 10,
    meaning: 'No such command',
    cause: 'The server knows no command of that name. Names are upper case, such as SH_NEW.',
  },
  CommandMultiple: {
    code: 11,
    meaning: 'More than one command in the message',
    cause: 'A message holds one command. Send the others in messages of their own.',
  },
  CommandType: {
    code: 12,
    meaning: 'The body is not an object',
    cause: 'What follows the command name must be an object in braces, even if it is empty.',
  },
  CommandSyntax: {
    code: 13,
    meaning: 'The request is badly formed',
    cause: 'A parameter is badly formed, or there are too few or too many of them.',
  },
  CommandDisabled: {
    code: 14,
    meaning: 'Switched off by configuration',
    cause: 'The operator of this server has switched the command off.',
  },
  KeySet: { code: 20, meaning: 'Stored, the key was new', cause: 'The key was new and is stored.' },
  KeyUpdated: {
    code: 21,
    meaning: 'Stored, an older value was replaced',
    cause: 'The key was there; its value has been replaced.',
  },
  KeyNotExist: {
    code: 22,
    meaning: 'No such key',
    cause: 'The session has no key of that name. Names are case-sensitive.',
  },
  KeyExists: {
    code: 23,
    meaning: 'The key is already there, left as it was',
    cause: 'The key is there already, so its value was left alone. KV_SET would replace it.',
  },
  KeyRemoved: { code: 24, meaning: 'Key removed', cause: 'The key and its value are gone.' },
  ParamMissing: {
    code: 26,
    meaning: 'A required parameter is missing',
    cause: 'The command needs a parameter that the message does not have.',
  },
  KeyTypeInvalid: { code: 27, meaning: 'Defined, never sent', cause: 'This status is never sent.' },
  ValueMissing: {
    code: 40,
    meaning: 'A required value is missing',
    cause: 'The command needs a value that the message does not have.',
  },
  ValueTypeInvalid: {
    code: 41,
    meaning: 'A parameter has the wrong type',
    cause: 'A parameter is there but of the wrong type, such as a number for a string.',
  },
  ValueSize: {
    code: 42,
    meaning: 'A parameter is empty or too long',
    cause: 'A parameter must not be empty, or what it would store is too large.',
  },
  SessionNotExist: {
    code: 100,
    meaning: 'No session has this token',
    cause:
      'This server has no session with that token: it was never created here, it has ended, or it has expired.',
  },
  SessionTokenInvalid: {
    code: 101,
    meaning: 'tkn is missing, empty or of a wrong type',
    cause: 'The command needs "tkn": the token of a session, as a string of digits.',
  },
  SessionOpenFail: {
    code: 102,
    meaning: 'No shared session has this name',
    cause: 'No living shared session has that name. SH_NEW with "shared": true creates one.',
  },
  SessionNewFail: {
    code: 103,
    meaning: 'A shared session of this name is already there',
    cause: 'That shared session lives already and was left alone; the reply holds its token.',
  },
  SaveStart: { code: 120, meaning: 'Defined, never sent', cause: 'This status is never sent.' },
  SaveComplete: { code: 121, meaning: 'Saved', cause: 'The sessions are on disk.' },
  SaveDirWriteFail: {
    code: 122,
    meaning: 'Could not create the files of the save',
    cause: 'The server could not create the directory or files of the save.',
  },
  SaveError: {
    code: 123,
    meaning: 'Failed while saving',
    cause: 'Writing the save failed; nothing of it can be loaded.',
  },
  LoadComplete: { code: 141, meaning: 'Loaded', cause: 'The sessions of the save are back.' },
  LoadError: {
    code: 142,
    meaning: 'Nothing to load under that name',
    cause: 'There is no readable save of that name.',
  },
  Unknown: {
    code: 1000,
    meaning: 'Unforeseen failure',
    cause: 'Something went wrong inside the server. Its log says more.',
  },
} as const satisfies Record<string, StatusEntry>;

/** Name of a status, such as `SessionNotExist`. */
export type StatusName = keyof typeof statuses;

const namesByCode = new Map<number, StatusName>(
  Object.entries(statuses).map(([name, entry]) => [entry.code, name as StatusName]),
);

/** The number that stands for a status on the wire. */
export function statusCode(name: StatusName): number {
  return statuses[name].code;
}

/** @returns The name of a wire code, or undefined for a code that the protocol does not have. */
export function statusName(code: number): StatusName | undefined {
  return namesByCode.get(code);
}

const successes: ReadonlySet<StatusName> = new Set([
  'Ok',
  'KeySet',
  'KeyUpdated',
  'KeyRemoved',
  'SaveComplete',
  'LoadComplete',
]);

/** Whether a status tells of something done, as against something refused or not found. */
export function isSuccess(name: StatusName): boolean {
  return successes.has(name);
}
