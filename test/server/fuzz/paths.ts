import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Random } from '../crash/random.ts';
import { cause, createMemoryStore, tokenOf } from '../memoryStore.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, jsonText, mutated, pick, several } from './grammar.ts';

/** JSON paths by the grammar of RFC 9535. */
function path(random: Random, root = '$', depth = 3): string {
  return root + several(random, 3, () => segment(random, depth)).join('');
}

function segment(random: Random, depth: number): string {
  const start = pick(random, ['', '', '', '..']);
  if (random() < 0.4)
    return `${start === '' ? '.' : start}${pick(random, ['a', 'b', '*', 'length', '__proto__', 'é'])}`;
  const selectors = [selector(random, depth), ...several(random, 2, () => selector(random, depth))];
  return `${start}[${selectors.join(pick(random, [',', ' , ']))}]`;
}

function selector(random: Random, depth: number): string {
  const kind = below(random, depth > 0 ? 6 : 4);
  if (kind === 0)
    return pick(random, ["'a'", '"b"', "'\\u0061'", "''", "'it\\'s'", '"\\ud83d\\ude00"']);
  if (kind === 1) return pick(random, ['0', '-1', '7', '9007199254740991', '-0', '01']);
  if (kind === 2) return '*';
  if (kind === 3) return pick(random, [':', '1:', '::-1', '::0', '-3:2:1', '0:9007199254740991:2']);
  return `?${filter(random, depth - 1)}`;
}

function filter(random: Random, depth: number): string {
  const kind = below(random, depth > 0 ? 6 : 2);
  if (kind === 0) return path(random, '@', depth - 1);
  if (kind === 1)
    return `${operand(random, depth)}${pick(random, ['==', '!=', '<', '<=', '>', '>='])}${operand(random, depth)}`;
  if (kind === 2) return `!(${filter(random, depth - 1)})`;
  if (kind === 3) return `(${filter(random, depth - 1)})`;
  if (kind === 4)
    return `${filter(random, depth - 1)}${pick(random, ['&&', ' || '])}${filter(random, depth - 1)}`;
  return `${pick(random, ['match', 'search'])}(@.a, ${pick(random, ["'a.*'", "'(a+)+b'", "'['", '@.b'])})`;
}

function operand(random: Random, depth: number): string {
  const kind = below(random, 4);
  if (kind === 0) return pick(random, ['@', '@.a', '$.b', '@[0]', '@.a.length']);
  if (kind === 1)
    return pick(random, ['1', '1.0', '-0', '1e400', 'null', 'true', "'a'", '9007199254740993']);
  if (kind === 2)
    return `${pick(random, ['length', 'count', 'value'])}(${path(random, '@', Math.max(0, depth - 1))})`;
  return pick(random, ['length(@.a)', 'count(@.*)', 'value(@..a)', 'nope(@)']);
}

const store = createMemoryStore();
const key = 'k';
let token: Token | undefined;

/** Paths on a value: what is found is found again by its normalised path, and nothing else is. */
export const paths = fuzzPart({
  name: 'paths',
  share: 0.2,
  make: (random) => {
    const text = path(random);
    const value = jsonText(random, 4);
    return { path: random() < 0.3 ? mutated(random, text) : text, value };
  },
  check: async (input) => {
    token ??= tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
    const value = readJson(input.value);
    const entry = value.ok ? value.value : asJsonText('0');
    await store.setKeys(token, new Map([[key, entry]]), cause);
    const nodes = await nodesOf(token, input.path);
    await checkNodes(token, nodes ?? []);
    const update = { key, path: input.path, value: asJsonText('[0]') };
    const updated = await store.updateNodes(token, update, cause);
    const count = updated.ok ? updated.value : undefined;
    must(count === nodes?.length, `${count} updated of ${nodes?.length}`);
    const left = await store.getKeys(token, [key], cause);
    must(left.ok && readJson(left.value.get(key) ?? '').ok, 'No JSON is left');
  },
});

async function checkNodes(session: Token, nodes: readonly string[]): Promise<void> {
  must(new Set(nodes).size === nodes.length, 'A node is listed twice');
  for (const node of nodes.slice(0, 3)) {
    const again = JSON.stringify(await nodesOf(session, node));
    must(again === JSON.stringify([node]), `${node} finds ${again}`);
  }
}

/** Normalised paths of what a path selects; undefined when the path is refused. */
async function nodesOf(session: Token, text: string): Promise<readonly string[] | undefined> {
  const found = await store.findKeys(session, { path: text, wants: 'paths' }, cause);
  if (found.ok) return found.value.paths;
  must(found.refusal.status === 'PathInvalid', found.refusal.status);
  return undefined;
}
