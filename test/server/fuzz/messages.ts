import { isDeepStrictEqual } from 'node:util';
import {
  catalog,
  commandNames,
  isCommandName,
  type CommandName,
} from '../../../protocol/commands/catalog.ts';
import { statusesOf as statusesOfCommand } from '../../../protocol/commands/statusesOf.ts';
import { createDispatch } from '../../../server/commands/dispatch.ts';
import { jsonNull, kindOf, membersOf } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { statusesOf } from '../../../protocol/wire/reply.ts';
import type { StatusName } from '../../../protocol/status.ts';
import { tokenOfBits, type Token } from '../../../protocol/token.ts';
import type { MemoryStore } from '../../../server/store/memory/memoryStore.ts';
import { createTokenSource } from '../../../server/store/tokenSource.ts';
import type { Random } from '../crash/random.ts';
import { createMemoryStore } from '../memoryStore.ts';
import { noDataSets } from '../noDataSets.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, jsonText, mutated, pick, several, stringText } from './grammar.ts';

/** Envelopes and bodies, from right to hopeless. */
function message(random: Random): string {
  const name =
    random() < 0.95
      ? oneOfCommands(random)
      : pick(random, ['ERR', 'kv_get', '__proto__', 'toString', '']);
  const body = random() < 0.95 ? bodyOf(random, name) : jsonText(random);
  const more = random() < 0.03 ? `,${stringText(random)}:${jsonText(random)}` : '';
  const text = `{${JSON.stringify(name)}:${body}${more}}`;
  return random() < 0.2 ? mutated(random, text) : text;
}

function oneOfCommands(random: Random): CommandName {
  return commandNames[below(random, commandNames.length)] ?? 'KV_SET';
}

function bodyOf(random: Random, name: string): string {
  const params = isCommandName(name) ? Object.entries(catalog[name].params) : [];
  const given = params.flatMap(([param, { sample, required }]) => {
    if (random() < (required ? 0.03 : 0.4)) return [];
    return `"${param}":${random() < 0.75 ? likely(random, param, sample) : jsonText(random)}`;
  });
  const surplus = several(random, 1, () => `${stringText(random)}:${jsonText(random)}`);
  return `{${(random() < 0.15 ? [...given, ...surplus] : given).join(',')}}`;
}

/** The sessions that every run begins with: one shared and one not, by their names here. */
const first = '"{{first}}"';
const shared = '"{{shared}}"';

type Sample = (random: Random) => string;
const members = (random: Random) => `${stringText(random)}:${jsonText(random)}`;
const byParam: Readonly<Record<string, Sample>> = {
  tkn: (random) => pick(random, [first, first, shared, '"7"', '7']),
  key: stringText,
  name: stringText,
  path: (random) => pick(random, ['"$"', '"$.a"', '"$..*"', '"$[?@.a > 1]"', '"$[0]"', '"("']),
  value: (random) => jsonText(random, 1),
  old: (random) => jsonText(random, 1),
};

function likely(random: Random, param: string, sample: string): string {
  const make = byParam[param];
  if (make) return make(random);
  if (param !== 'keys') return sample.replaceAll('"{{tkn}}"', first);
  if (sample.startsWith('{')) return `{${several(random, 3, () => members(random)).join(',')}}`;
  return `[${several(random, 3, () => stringText(random)).join(',')}]`;
}

/** A store whose tokens count up, so that two of them have the same ones. */
function createStore(): MemoryStore {
  let count = 0n;
  const sharedToken = (name: string) => tokens.sharedToken(name);
  const randomToken = (): Token => tokenOfBits((count += 1n)) ?? randomToken();
  return createMemoryStore({ tokens: { randomToken, sharedToken } });
}

async function recordsOf(store: MemoryStore): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const record of store.records()) records.push(record);
  return records;
}

const tokens = createTokenSource();
const facts = { serverVersion: '0', persistEnabled: false };
const envelope: readonly StatusName[] = ['CommandNotExist', 'CommandType', 'CommandDisabled'];
const ofNoCommand: readonly StatusName[] = ['JsonInvalid', 'CommandSyntax', 'CommandMultiple'];

/** What the protocol says about one reply, whatever it answers. */
function checkReply(text: string, reply: string | null): void {
  const name = commandOf(text);
  if (reply === null) {
    must(name !== undefined && catalog[name].isQuiet === true, 'Silence');
    return;
  }
  const json = readJson(reply);
  must(json.ok && kindOf(json.value) === 'object', `No JSON: ${reply}`);
  const [[replyName = '', body = jsonNull] = [], ...others] = membersOf(json.value);
  must(kindOf(body) === 'object' && others.length === 0, `No reply: ${reply}`);
  must(name === undefined || replyName === `${name}_RSP`, `${name} gets ${reply}`);
  const own = name === undefined ? ofNoCommand : statusesOfCommand(name);
  const statuses = statusesOf({ name: replyName, body });
  const odd = statuses.filter((status) => !own.includes(status) && !envelope.includes(status));
  must(odd.length === 0, `${odd.join(', ')} in ${reply}`);
}

/** The command of a text that both readers can read: ours, and the one of JavaScript. */
function commandOf(text: string): CommandName | undefined {
  const [json, parsed] = [readJson(text), parsedByJavaScript(text)];
  must(!json.ok || parsed !== undefined, 'Read as JSON, which it is not');
  // JavaScript takes half surrogates (D6). No text here is nested too deeply (D7).
  const isTaken = json.ok || parsed === undefined || /\\u[dD][89a-fA-F]/.test(text);
  must(isTaken, 'JSON that was not read');
  const names = json.ok ? Object.keys(Object(parsed?.value)) : [];
  const [name = ''] = names;
  return names.length === 1 && isCommandName(name) ? name : undefined;
}

function parsedByJavaScript(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch {
    return undefined;
  }
}

/** Sequences of messages to an empty store. */
export const messages = fuzzPart({
  name: 'messages',
  share: 0.5,
  make: (random) => [message(random), ...several(random, 5, () => message(random))],
  check: async (texts) => {
    const [store, otherStore] = [createStore(), createStore()];
    const dispatch = createDispatch({ store, facts, dataSets: noDataSets });
    const general = createDispatch(
      { store: otherStore, facts, dataSets: noDataSets },
      { readPlain: () => undefined },
    );
    const answer = async (text: string) => {
      const [reply, other] = [await dispatch(text, 1), await general(text, 1)];
      must(reply === other, `Read in one pass: ${reply}; by the general readers: ${other}`);
      return reply;
    };
    const made = async (name: string, more = '') => {
      const reply = await answer(`{"SH_NEW":{"name":"${name}"${more}}}`);
      return /"tkn":"(\d+)"/.exec(reply ?? '')?.[1] ?? '';
    };
    const own = { first: await made('first'), shared: await made('shared', ',"shared":true') };
    for (const each of texts) {
      const text = each.replaceAll('{{first}}', own.first).replaceAll('{{shared}}', own.shared);
      checkReply(text, await answer(text));
    }
    must(isDeepStrictEqual(await recordsOf(store), await recordsOf(otherStore)), 'Two contents');
    await store.close();
    await otherStore.close();
  },
});
