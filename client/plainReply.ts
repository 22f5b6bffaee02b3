import { readExactValue } from '../protocol/json/exactValue.ts';
import { statusName, type StatusName } from '../protocol/status.ts';
import { isPlain } from './plainText.ts';
import { refuseNumber, type Json } from './storedText.ts';

// Replies of the usual kind to commands with keys, read without parsing all of their text. For any other text
// the answer is undefined: then `readReply` decides.

const zero = 0x30;
const comma = 0x2c;
const quotes = 0x22;
const colon = 0x3a;
const closingBrace = 0x7d;

/**
 * What became of each key, where each has a status of two digits.
 * @param head The reply up to the first key.
 * @param names The keys, in the order in which the reply must have them; all of them plain.
 */
export function plainStatuses(
  text: string,
  head: string,
  names: readonly string[],
): Readonly<Record<string, StatusName>> | undefined {
  if (!text.startsWith(head)) return undefined;
  const statuses: Record<string, StatusName> = {};
  let at = head.length;
  for (const name of names) {
    if (at > head.length && text.charCodeAt(at - 1) !== comma) return undefined;
    const codeAt = afterName(text, at, name);
    const status = statusAt(text, codeAt);
    if (status === undefined) return undefined;
    statuses[name] = status;
    at = codeAt + 3;
  }
  return names.length > 0 && at === text.length - 2 && isWhole(text) ? statuses : undefined;
}

/**
 * The value of the only key.
 * @param head The reply up to the key.
 * @param name Plain.
 */
export function plainValue(text: string, head: string, name: string): Json | undefined {
  if (!text.startsWith(head) || !isWhole(text)) return undefined;
  const valueAt = afterName(text, head.length, name);
  if (valueAt < 0) return undefined;
  const end = text.length - 4;
  const isString = text.charCodeAt(valueAt) === quotes && text.charCodeAt(end) === quotes;
  // Such a string keeps the reply in memory, which is hardly longer.
  if (isString && valueAt < end && isPlain(text, valueAt + 1, end))
    return text.slice(valueAt + 1, end);
  try {
    return readExactValue(text.slice(valueAt, -3), refuseNumber) as Json; // Any JSON value.
  } catch {
    return undefined; // There is more than one value, or a number that a double cannot hold.
  }
}

/** Whether the keys, the body and the message are closed. */
function isWhole(text: string): boolean {
  const { length } = text;
  return (
    text.charCodeAt(length - 1) === closingBrace &&
    text.charCodeAt(length - 2) === closingBrace &&
    text.charCodeAt(length - 3) === closingBrace
  );
}

/** @returns The place behind a name and its colon; −1: they are not there. */
function afterName(text: string, at: number, name: string): number {
  const end = at + name.length + 3;
  const isThere =
    text.charCodeAt(at) === quotes &&
    text.charCodeAt(end - 2) === quotes &&
    text.charCodeAt(end - 1) === colon &&
    text.startsWith(name, at + 1);
  return isThere ? end : -1;
}

function statusAt(text: string, at: number): StatusName | undefined {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  const isNumber = tens > 0 && tens < 10 && ones >= 0 && ones < 10;
  return isNumber ? statusName(10 * tens + ones) : undefined;
}
