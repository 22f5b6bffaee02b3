import { catalog, isCommandName } from '../../../protocol/commands/catalog.ts';
import {
  asJsonText,
  kindOf,
  membersOf,
  stringOf,
  type JsonText,
} from '../../../protocol/json/jsonText.ts';
import { eachPart } from '../../ui/eachPart.ts';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import { isSuccess, statusCode, type StatusName } from '../../../protocol/status.ts';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import type { ReceivedEntry } from '../../connection/page/exchange.ts';
import type { TextRange } from '../search/textRanges.ts';

/** What is wrong at a place of a request, where the status alone does not say so. */
export type FaultNote =
  | { readonly kind: 'missing'; readonly param: string }
  | { readonly kind: 'notJson'; readonly reason: string };

/** The place in a request that caused a status. */
export interface Fault {
  /** The request, compact where it is JSON. */
  readonly text: string;
  readonly ranges: readonly TextRange[];
  readonly note: FaultNote | undefined;
}

/** Why a reply is not a plain success. */
export interface Explanation {
  readonly status: StatusName;
  readonly code: number;
  /** undefined when no place in the request caused it, or the request is not known. */
  readonly fault: Fault | undefined;
}

/** Explains every status of a reply that is no success. */
export function explainReply(
  reply: Pick<ReceivedEntry, 'text' | 'statuses'>,
  requestText: string | undefined,
): Explanation[] {
  return reply.statuses
    .filter((status) => !isSuccess(status))
    .map((status) => ({
      status,
      code: statusCode(status),
      fault: requestText === undefined ? undefined : findFault(status, requestText, reply.text),
    }));
}

/** Where the parts of a message are in its compact text. */
interface Places {
  readonly json: JsonText;
  readonly name: string;
  readonly nameAt: TextRange;
  readonly bodyAt: TextRange;
  /** By name; the names' own places as well. */
  readonly params: ReadonlyMap<string, { readonly nameAt: TextRange; readonly valueAt: TextRange }>;
}

function findFault(status: StatusName, request: string, reply: string): Fault | undefined {
  const json = readJsonAsWritten(request);
  if (!json.ok) {
    if (status !== 'JsonInvalid') return undefined;
    const { at, message } = json.refusal;
    const start = Math.min(at, Math.max(0, request.length - 1));
    const note = { kind: 'notJson', reason: message } as const;
    return { text: request, ranges: [{ start, end: start + 1 }], note };
  }
  const whole = { start: 0, end: json.value.length };
  const places = placesOf(json.value);
  if (!places) return { text: json.value, ranges: [whole], note: undefined };
  const ranges = rangesFor(status, places, causeOf(reply));
  if (ranges === undefined) return undefined;
  if (typeof ranges !== 'string') return { text: json.value, ranges, note: undefined };
  // A missing parameter belongs before the last brace of the body.
  const { end } = places.bodyAt;
  const note = { kind: 'missing', param: ranges } as const;
  return { text: json.value, ranges: [{ start: end - 1, end }], note };
}

/** @returns The ranges that caused it; the name of a missing parameter; undefined: nothing. */
function rangesFor(
  status: StatusName,
  places: Places,
  { param, keys }: Cause,
): readonly TextRange[] | string | undefined {
  const valueOr = (name: string) => valueIn(places, name);
  // What is left out is not wrong: then it is the value of the key.
  const valueOrKey = (name: string) => valueOr(places.params.has(name) ? name : 'key');
  switch (status) {
    case 'PathInvalid':
    case 'NoPath':
      return valueOr('path');
    case 'CommandNotExist':
    case 'CommandDisabled':
    case 'StoreUnavailable':
    case 'ReadOnly':
    case 'LimitReached':
      return [places.nameAt];
    case 'CommandMultiple':
      return otherCommands(places.json);
    case 'CommandType':
      return [places.bodyAt];
    case 'CommandSyntax':
      return param === '' ? surplus(places) : valueOr(param);
    case 'ValueChanged':
      return valueOrKey('old');
    case 'KeyNotExist':
    case 'KeyExists':
      return keyRanges(places, keys(status));
    case 'ValueSize':
      return valueOrKey(param);
    case 'ParamMissing':
    case 'ValueMissing':
    case 'ValueTypeInvalid':
    case 'KeyTypeInvalid':
      return param === '' ? [places.bodyAt] : valueOr(param);
    case 'SessionNotExist':
    case 'SessionTokenInvalid':
      return valueOr('tkn');
    case 'SessionOpenFail':
    case 'SessionNewFail':
    case 'SaveStart':
    case 'SaveDirWriteFail':
    case 'SaveError':
    case 'LoadError':
      return places.params.has('name') ? valueOr('name') : [places.nameAt];
    case 'PayLoadInvalid':
    case 'JsonInvalid':
    case 'Unknown':
      return param === '' ? undefined : valueOr(param);
    case 'Ok':
    case 'KeySet':
    case 'KeyUpdated':
    case 'KeyRemoved':
    case 'SaveComplete':
    case 'LoadComplete':
      return undefined;
  }
}

/** The value of a parameter, or the name of one that is missing. */
function valueIn({ params }: Places, name: string): readonly TextRange[] | string {
  const place = params.get(name);
  return place ? [place.valueAt] : name;
}

/** What the reply itself says about the cause. */
interface Cause {
  readonly param: string;
  /** Names of the keys that have a status. */
  readonly keys: (status: StatusName) => string[];
}

function causeOf(reply: string): Cause {
  const body = readMessage(reply)?.body;
  if (body === undefined || kindOf(body) !== 'object') return { param: '', keys: () => [] };
  const members = membersOf(body);
  const m = members.get('m');
  const param = m !== undefined && kindOf(m) === 'string' ? stringOf(m) : '';
  const listed = members.get('keys');
  const statuses =
    listed !== undefined && kindOf(listed) === 'object' ? membersOf(listed) : members;
  const keys = (status: StatusName) =>
    [...statuses]
      .filter(([name, code]) => name !== 'st' && code === String(statusCode(status)))
      .map(([name]) => name);
  return { param, keys };
}

/** The parts of a JSON value with their places in its text; of repeated members the first, which counts. */
function placedMembers(json: JsonText, offset: number) {
  const members: { name: string; nameAt: TextRange; valueAt: TextRange }[] = [];
  const seen = new Set<string | number>();
  let nameStart = offset + 1;
  eachPart(json, (step, start, end) => {
    if (!seen.has(step)) {
      members.push({
        name: String(step),
        nameAt: { start: nameStart, end: offset + start - 1 },
        valueAt: { start: offset + start, end: offset + end },
      });
    }
    seen.add(step);
    nameStart = offset + end + 1;
    return true;
  });
  return members;
}

function placesOf(json: JsonText): Places | undefined {
  if (kindOf(json) !== 'object') return undefined;
  const [command] = placedMembers(json, 0);
  if (!command) return undefined;
  const { name, nameAt, valueAt: bodyAt } = command;
  const body = asJsonText(json.slice(bodyAt.start, bodyAt.end));
  const params = kindOf(body) === 'object' ? placedMembers(body, bodyAt.start) : [];
  return { json, name, nameAt, bodyAt, params: new Map(params.map((each) => [each.name, each])) };
}

function otherCommands(json: JsonText): readonly TextRange[] {
  return placedMembers(json, 0)
    .slice(1)
    .map(({ nameAt, valueAt }) => ({ start: nameAt.start, end: valueAt.end }));
}

/** Members that the command does not have; else, when their number is wrong, the whole body. */
function surplus({ name, params, bodyAt }: Places): readonly TextRange[] {
  const known = isCommandName(name) ? catalog[name].params : {};
  const unknown = [...params].filter(([param]) => !Object.hasOwn(known, param));
  if (unknown.length === 0) return [bodyAt];
  return unknown.map(([, { nameAt, valueAt }]) => ({ start: nameAt.start, end: valueAt.end }));
}

/** Where keys are named in a message: in `keys`, in `key`, or beside `tkn`. */
export function placesOfKeys(
  message: string,
  names: readonly string[],
): { readonly text: string; readonly ranges: readonly TextRange[] } | undefined {
  const json = readJsonAsWritten(message);
  const places = json.ok ? placesOf(json.value) : undefined;
  if (!places) return undefined;
  const beside = () =>
    [...places.params].filter(([name]) => names.includes(name)).map(([, { nameAt }]) => nameAt);
  return { text: places.json, ranges: keyRanges(places, names) ?? beside() };
}

/** The names of keys in the request, wherever the command has them. */
function keyRanges(
  { json, params }: Places,
  names: readonly string[],
): readonly TextRange[] | undefined {
  const key = params.get('key');
  if (key) return [key.valueAt];
  const keys = params.get('keys');
  if (!keys) return undefined;
  const { start, end } = keys.valueAt;
  const listed = asJsonText(json.slice(start, end));
  if (kindOf(listed) === 'string') return [keys.valueAt];
  if (kindOf(listed) !== 'object' && kindOf(listed) !== 'array') return undefined;
  const isArray = kindOf(listed) === 'array';
  const ranges = placedMembers(listed, start).filter(({ name, valueAt }) => {
    const element = asJsonText(json.slice(valueAt.start, valueAt.end));
    const item = isArray && kindOf(element) === 'string' ? stringOf(element) : name;
    return names.includes(item);
  });
  return ranges.map(({ nameAt, valueAt }) => (isArray ? valueAt : nameAt));
}
