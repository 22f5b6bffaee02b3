import {
  elementsOf,
  kindOf,
  membersOf,
  stringOf,
  type JsonText,
} from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { number } from '../../ui/format.ts';
import type { ReceivedEntry, SentEntry } from '../page/exchange.ts';
import { texts as say } from './texts.ts';

type Frame = Pick<SentEntry | ReceivedEntry, 'name' | 'text' | 'binary'>;

/** Longer texts are not looked into. */
const maxReadLength = 200_000;
/** Most characters of somebody's text in a name. */
const maxNameLength = 40;

/** Members that identify messages in many protocols: GraphQL, JSON-RPC, and so on. */
const identifying = [
  'type',
  'event',
  'op',
  'method',
  'action',
  'command',
  'cmd',
  'kind',
  'channel',
  'topic',
];

const read = new WeakMap<Frame, string>();

/** What a message is called: its name in the protocol, or what can be known of any other frame. */
export function nameOf(entry: Frame): string {
  if (entry.name !== '') return entry.name;
  const known = read.get(entry);
  if (known !== undefined) return known;
  const name = frameName(entry);
  read.set(entry, name);
  return name;
}

/** What is known of a frame that is no message of the protocol. */
export function frameName({ text, binary }: Pick<Frame, 'text' | 'binary'>): string {
  if (binary) return say.binary(number(binary.length));
  if (text === '') return say.empty;
  if (text.trim() === '') return say.space;
  if (text.length > maxReadLength) return say.long;
  const json = readJson(text);
  if (json.ok) return jsonName(json.value);
  return engineIoName(text) ?? stompName(text) ?? say.notJson;
}

function jsonName(json: JsonText): string {
  switch (kindOf(json)) {
    case 'object':
      return objectName(json);
    case 'array':
      return say.array(number(elementsOf(json).length));
    case 'string':
      return say.string;
    case 'number':
      return numberName(json);
    case 'boolean':
    case 'null':
      return say.word(json);
  }
}

function objectName(json: JsonText): string {
  const members = membersOf(json);
  for (const name of identifying) {
    const value = members.get(name);
    // A long one is data, or a secret.
    if (value !== undefined && kindOf(value) === 'string' && value.length <= maxNameLength) {
      return `${name}: ${onOneLine(stringOf(value))}`;
    }
  }
  const [first] = members.keys();
  if (first === undefined) return say.emptyObject;
  return members.size === 1 ? onOneLine(first) : `{${onOneLine(first)}, …}`;
}

/** Engine.IO and Socket.IO packets that are numbers as well. */
const numberPackets: ReadonlyMap<string, string> = new Map([
  ['1', 'Engine.IO close'],
  ['2', 'Engine.IO ping'],
  ['3', 'Engine.IO pong'],
  ['5', 'Engine.IO upgrade'],
  ['6', 'Engine.IO noop'],
  ['40', 'Socket.IO connect'],
  ['41', 'Socket.IO disconnect'],
]);

function numberName(json: string): string {
  const packet = numberPackets.get(json);
  return packet === undefined ? say.number : say.numberOr(packet);
}

const socketIoPackets = [
  'connect',
  'disconnect',
  'event',
  'ack',
  'connect error',
  'binary event',
  'binary ack',
];
/** `4`, the type, how many attachments, the namespace, an id, and then JSON or nothing. */
const socketIoHead = /^4([0-6])(?:\d+-)?(?:\/[^,]*(?:,|$))?\d*(?=[{["]|$)/;

function engineIoName(text: string): string | undefined {
  if (text === '2probe') return 'Engine.IO ping';
  if (text === '3probe') return 'Engine.IO pong';
  const isOpen = text.startsWith('0{') && readJson(text.slice(1)).ok;
  return isOpen ? 'Engine.IO open' : socketIoName(text);
}

function socketIoName(text: string): string | undefined {
  const head = socketIoHead.exec(text);
  const packet = socketIoPackets[Number(head?.[1])];
  if (!head || packet === undefined) return undefined;
  const rest = text.slice(head[0].length);
  if (rest === '') return `Socket.IO ${packet}`;
  const json = readJson(rest);
  if (!json.ok) return undefined;
  const event = packet.endsWith('event') ? firstString(json.value) : undefined;
  return `Socket.IO ${packet}${event === undefined ? '' : ` ${onOneLine(event)}`}`;
}

function firstString(json: JsonText): string | undefined {
  const [first] = kindOf(json) === 'array' ? elementsOf(json) : [];
  return first !== undefined && kindOf(first) === 'string' ? stringOf(first) : undefined;
}

const stompHead =
  /^(CONNECT|CONNECTED|STOMP|SEND|SUBSCRIBE|UNSUBSCRIBE|MESSAGE|RECEIPT|ERROR|ACK|NACK|BEGIN|COMMIT|ABORT|DISCONNECT)\r?\n/;

/** A STOMP frame ends with U+0000. */
function stompName(text: string): string | undefined {
  const command = stompHead.exec(text)?.[1];
  return command !== undefined && text.includes('\0') ? `STOMP ${command}` : undefined;
}

/** Somebody's text as a part of a name: not long, and without characters that cannot be seen. */
function onOneLine(text: string): string {
  const shown = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  if (shown === '') return '""';
  // Not in the middle of a character of two units.
  const isHalf = /[\uD800-\uDBFF]/.test(shown.charAt(maxNameLength - 1));
  return shown.length > maxNameLength
    ? `${shown.slice(0, isHalf ? maxNameLength - 1 : maxNameLength)}…`
    : shown;
}

/** Bytes that a row shows of a binary message. */
const previewBytes = 24;

/** What a row shows of a message: its text, or of a binary one the first bytes as hex and as text. */
export function previewOf({ text, binary }: Pick<Frame, 'text' | 'binary'>): string {
  if (!binary) return text;
  const bytes = [...binary.subarray(0, previewBytes)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const ascii = bytes
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    .join('');
  const more = binary.length > previewBytes ? ' …' : '';
  return `${hex}${more}  ${ascii}${more}`;
}
