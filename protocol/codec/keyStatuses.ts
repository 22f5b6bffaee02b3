import { described, token, unsigned, type Codec } from './codec.ts';
import { asJsonText, kindOf, membersOf, quote } from '../json/jsonText.ts';
import { tkn as replyTkn } from './replyMembers.ts';
import { statusCode, statusName, type StatusName } from '../status.ts';
import type { Token } from '../token.ts';

/** What became of each key, in the order asked. */
export type KeyStatuses = ReadonlyMap<string, StatusName>;

function writeStatuses(entries: KeyStatuses): string {
  let members = '';
  for (const [key, status] of entries) {
    members += `${members === '' ? '' : ','}${quote(key)}:${statusCode(status)}`;
  }
  return members;
}

function readStatus(json: Parameters<typeof unsigned.read>[0]): StatusName | undefined {
  const code = unsigned.read(json);
  return code === undefined ? undefined : statusName(code);
}

/** An object: key → status code. */
export const keyStatuses: Codec<KeyStatuses> = {
  label: 'object: key → status',
  schema: { type: 'object', additionalProperties: unsigned.schema },
  read: (json) => {
    if (kindOf(json) !== 'object') return undefined;
    const entries = new Map<string, StatusName>();
    for (const [key, member] of membersOf(json)) {
      const status = readStatus(member);
      if (status === undefined) return undefined;
      entries.set(key, status);
    }
    return entries;
  },
  write: (entries) => asJsonText(`{${writeStatuses(entries)}}`),
};

/** Stands for the keys in the reply of KV_RMV, for the reference. */
export const eachKey = '(each key)';

/** Inside form of the KV_RMV reply. */
export interface FlatKeyStatuses {
  readonly tkn: Token;
  readonly keys: KeyStatuses;
}

/**
 * The reply of KV_RMV, where the keys stand beside `tkn`. A key named `tkn` cannot be distinguished there:
 * that member stays the token (decision D27).
 */
export const flatKeyStatuses: Codec<FlatKeyStatuses> = {
  label: 'object',
  members: [
    { name: 'tkn', codec: replyTkn, isOptional: false },
    {
      name: eachKey,
      codec: described(unsigned, 'What became of it, beside "tkn" and not inside "keys".'),
      isOptional: false,
    },
  ],
  schema: {
    type: 'object',
    properties: { tkn: token.schema },
    additionalProperties: unsigned.schema,
  },
  read: (json) => {
    if (kindOf(json) !== 'object') return undefined;
    const members = membersOf(json);
    const tkn = token.read(members.get('tkn') ?? asJsonText('null'));
    members.delete('tkn');
    const keys = new Map([...members].map(([key, member]) => [key, readStatus(member)]));
    if (tkn === undefined || [...keys.values()].includes(undefined)) return undefined;
    return { tkn, keys: keys as KeyStatuses };
  },
  write: ({ tkn, keys }) => {
    const named = new Map(keys);
    named.delete('tkn');
    const statuses = writeStatuses(named);
    return asJsonText(`{"tkn":${token.write(tkn)}${statuses === '' ? '' : ','}${statuses}}`);
  },
};
