import { commandOf } from '../../protocol/wire/replyName.ts';
import {
  elementsOf,
  kindOf,
  membersOf,
  plainTextOf,
  stringOf,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import type { Entry } from '../connection/page/exchange.ts';
import type { LiveKey } from './liveSources.ts';

/** Newest entries that are looked at. */
const maxEntries = 500;
/** Longer messages are not looked into: this happens while somebody types. */
const maxTextLength = 100_000;

/**
 * Keys of a session as far as this connection has seen them, for when the server cannot be asked.
 * A key whose value was never seen has an empty preview.
 */
export function seenKeys(entries: readonly Entry[], token: string): readonly LiveKey[] {
  const found = new Map<string, LiveKey>();
  for (const entry of entries.slice(-maxEntries)) {
    if (entry.kind === 'connection') continue;
    const { text } = entry;
    if (text.length > maxTextLength || !text.includes(token)) continue;
    for (const each of keysIn(text, token)) {
      // Names alone say nothing new about a key whose value was seen.
      if (each.preview !== '' || !found.has(each.key)) found.set(each.key, each);
    }
  }
  return [...found.values()];
}

const storing = /^KV_(?:SETQ?|ADDQ?|CLEAR_SET)$|^KV_(?:GET|FIND)_RSP$/;

function keysIn(text: string, token: string): LiveKey[] {
  const message = readMessage(text);
  if (!message || kindOf(message.body) !== 'object') return [];
  const members = membersOf(message.body);
  const [keys, tkn] = [members.get('keys'), members.get('tkn')];
  if (keys === undefined || tkn === undefined || plainTextOf(tkn) !== token) return [];
  return keysOf(message.name, keys);
}

function keysOf(name: string, keys: JsonText): LiveKey[] {
  if (kindOf(keys) === 'object') {
    const hasValues = storing.test(name);
    return [...membersOf(keys)].map(([key, value]) => (hasValues ? keyOf(key, value) : bare(key)));
  }
  // What is asked for need not be there; what a reply lists is.
  if (kindOf(keys) !== 'array' || commandOf(name) === undefined) return [];
  return elementsOf(keys).flatMap((item) =>
    kindOf(item) === 'string' ? bare(stringOf(item)) : [],
  );
}

function keyOf(key: string, value: JsonText): LiveKey {
  return { key, type: kindOf(value), preview: value.slice(0, 60) };
}

function bare(key: string): LiveKey {
  return { key, type: 'null', preview: '' };
}
