import { asJsonText, quote, type JsonText } from '../../protocol/json/jsonText.ts';

/** Data of our own making, to be written as JSON. A member that is undefined is left out. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [name: string]: Plain | undefined };

/** Writes data as compact JSON. Message texts are strings in it, so none of their digits changes. */
export function writeJson(plain: Plain): JsonText {
  if (plain === null) return asJsonText('null');
  if (typeof plain === 'string') return quote(plain);
  if (typeof plain !== 'object') return asJsonText(String(plain));
  if (isList(plain)) return asJsonText(`[${plain.map(writeJson).join(',')}]`);
  const members = Object.entries(plain).flatMap(([name, member]) =>
    member === undefined ? [] : [`${quote(name)}:${writeJson(member)}`],
  );
  return asJsonText(`{${members.join(',')}}`);
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(plain: object): plain is readonly Plain[] {
  return Array.isArray(plain);
}
