/** Code of every status on the wire, by name. Append only. */
export const statusCodes = {
  Ok: 1,
  PayLoadInvalid: 2,
  JsonInvalid: 3,
  PathInvalid: 4,
  NoPath: 5,
  CommandNotExist: 10,
  CommandMultiple: 11,
  CommandType: 12,
  CommandSyntax: 13,
  CommandDisabled: 14,
  KeySet: 20,
  KeyUpdated: 21,
  KeyNotExist: 22,
  KeyExists: 23,
  KeyRemoved: 24,
  ParamMissing: 26,
  KeyTypeInvalid: 27,
  ValueChanged: 28,
  ValueMissing: 40,
  ValueTypeInvalid: 41,
  ValueSize: 42,
  SessionNotExist: 100,
  SessionTokenInvalid: 101,
  SessionOpenFail: 102,
  SessionNewFail: 103,
  SaveStart: 120,
  SaveComplete: 121,
  SaveDirWriteFail: 122,
  SaveError: 123,
  LoadComplete: 141,
  LoadError: 142,
  StoreUnavailable: 901,
  ReadOnly: 902,
  LimitReached: 903,
  Unknown: 1000,
} as const;

/** Name of a status, such as `SessionNotExist`. */
export type StatusName = keyof typeof statusCodes;

const namesByCode = new Map<number, StatusName>(
  Object.entries(statusCodes).map(([name, code]) => [code, name as StatusName]),
);

/** The number that stands for a status on the wire. */
export function statusCode(name: StatusName): number {
  return statusCodes[name];
}

/** As {@link statusCode}, as it is written; quicker where names vary. */
export function statusText(name: StatusName): string {
  if (name !== last.name) {
    last.name = name;
    last.text = String(statusCode(name));
  }
  return last.text;
}

/** Most statuses are the same as the one before. */
const last = { name: 'Ok' as StatusName, text: '1' };

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

/** Whether a status means that something was done, not refused or not found. */
export function isSuccess(name: StatusName): boolean {
  return successes.has(name);
}

/** As {@link isSuccess}, of a wire code; one that the protocol does not have is none. */
export function isSuccessCode(code: number): boolean {
  const name = statusName(code);
  return name !== undefined && isSuccess(name);
}
