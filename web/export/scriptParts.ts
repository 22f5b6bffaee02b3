import { jsString, jsTemplatePart } from './quoteCode.ts';
import type { Part, Scenario, Step, TokenVariable } from './scenario.ts';

/** What is asked of every writer of tests and scripts. */
export interface ScriptInput {
  readonly scenario: Scenario;
  /** Address of the socket. */
  readonly url: string;
  /** Address of the console's page. */
  readonly pageUrl: string;
  /** Recorded tokens are written into the file, so that it runs without being given any. */
  readonly includesTokens: boolean;
}

/** Environment variable that gives a token. */
export function inputName({ name }: TokenVariable): string {
  return `SESHDECK_${name.toUpperCase()}`;
}

/** `tokens`, with what has to be given by the person who runs the file. */
export function jsTokens({ scenario: { inputs }, includesTokens }: ScriptInput): string {
  if (inputs.length === 0) return '/** Filled by replies. */\nconst tokens = {};';
  const lines = inputs.map((input) => {
    const fallback = includesTokens ? `, ${jsString(input.recorded)}` : '';
    return `  ${input.name}: needed('${inputName(input)}'${fallback}),`;
  });
  return `/** Given by the environment or filled by replies. */
const tokens = {
${lines.join('\n')}
};`;
}

/**
 * What compares replies, to stand at the end of a file: functions only, which may be used before.
 * It works on text, because numbers lose digits in JSON.parse, and piece by piece, because a reply
 * may be too large for a regular expression.
 */
export const jsComparer = String.raw`/** A reply as it has to be: texts, and between them the places that differ from run to run. */
function reply(texts, ...places) {
  return { texts, places };
}

/** A token that the reply gives; from then on it is in "tokens". */
function given(name) {
  return { shown: '<' + name + '>', name };
}

/** The same token once more in that reply. */
function again(name) {
  return { shown: '<' + name + '>', again: name };
}

function anyNumber() {
  return { shown: '<number>', pattern: /-?\d[-+.\deE]*/y };
}

function anyText() {
  return { shown: '<text>', pattern: /"[^"\\]*(?:\\.[^"\\]*)*"/sy };
}

/** Takes over the tokens that a reply gives. Returns what came and what should have, both the same if it fits. */
function compared(text, { texts, places }) {
  const actual = withoutSpace(text);
  const expected = texts.map((each, index) => each + shownOf(places[index])).join('');
  const found = {};
  let at = 0;
  let shownAt = 0;
  for (let index = 0; index < texts.length; index += 1) {
    const literal = texts[index];
    if (!actual.startsWith(literal, at)) return differing({ actual, at, expected, shownAt });
    at += literal.length;
    shownAt += literal.length;
    if (index === places.length) break;
    const length = lengthOf(places[index], { actual, at, after: texts[index + 1], found });
    if (length === 0) return differing({ actual, at, expected, shownAt });
    at += length;
    shownAt += shownOf(places[index]).length;
  }
  if (at < actual.length) return differing({ actual, at, expected, shownAt });
  Object.assign(tokens, found);
  return { actual: expected, expected };
}

function shownOf(place) {
  return place?.shown ?? place ?? '';
}

/** How many characters a place takes up in a reply; 0 if it does not fit. */
function lengthOf(place, { actual, at, after, found }) {
  const literal = typeof place === 'string' ? place : found[place.again];
  if (literal !== undefined) return actual.startsWith(literal, at) ? literal.length : 0;
  if (place.pattern) {
    place.pattern.lastIndex = at;
    return place.pattern.exec(actual)?.[0].length ?? 0;
  }
  // A token ends with its string, or where the rest of its string begins.
  const inString = /[^"\\]*(?:\\.[^"\\]*)*/sy;
  const rest = inString.exec(after)[0];
  inString.lastIndex = at;
  const [string] = inString.exec(actual);
  const token = rest === '' ? string : string.slice(0, Math.max(0, string.indexOf(rest)));
  found[place.name] = token;
  return token.length;
}

/** Removes the white space between the parts of a JSON text. */
function withoutSpace(text) {
  let isInString = false;
  return text.replace(/\\.|"|\s+/gs, (part) => {
    if (part === '"') isInString = !isInString;
    return isInString || part.trim() !== '' ? part : '';
  });
}

/** Both texts: whole, or where they are long around the first difference. */
function differing({ actual, at, expected, shownAt }) {
  let same = 0;
  while (at + same < actual.length && actual[at + same] === expected[shownAt + same]) same += 1;
  return { actual: around(actual, at + same), expected: around(expected, shownAt + same) };
}

function around(text, at) {
  if (text.length <= 4000) return text;
  const from = Math.max(0, at - 200);
  return '(' + text.length + ' characters, from ' + from + ') ' + text.slice(from, from + 1000);
}

/** A token that the environment gives. */
function needed(name, recorded) {
  const token = process.env[name] ?? recorded;
  if (token) return token;
  throw new Error('Set ' + name + ' to the token of a living session: no message in this file creates it.');
}`;

/** Sends at the end of a file that a quiet command ends, so that an error of it would be seen. */
const closingStep: Step = {
  name: 'SH_INFO_ALL',
  request: ['{"SH_INFO_ALL":{}}'],
  isJson: true,
  reply: {
    text: [
      '{"SH_INFO_ALL_RSP":{"totalSessions":',
      { kind: 'any', type: 'number' },
      ',"totalKeys":',
      { kind: 'any', type: 'number' },
      '}}',
    ],
    row: 'Received SH_INFO_ALL_RSP',
  },
};

/** The steps to play: silence is proved by the reply to the message after it. */
export function stepsToPlay({ steps }: Scenario): readonly Step[] {
  const last = steps.at(-1);
  return last && !last.reply ? [...steps, closingStep] : steps;
}

/** A request as a JavaScript expression. */
export function jsText(parts: readonly Part[]): string {
  const joined = parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
  if (joined !== undefined) return jsString(joined);
  return `\`${jsTemplate(parts)}\``;
}

/** A reply as a JavaScript expression. */
export function jsReply(parts: readonly Part[]): string {
  return `reply\`${jsTemplate(parts)}\``;
}

function jsTemplate(parts: readonly Part[]): string {
  const given = new Set<string>();
  // One text: "$" at the end of a part and "{" at the start of the next are a hole only together.
  return mergedTexts(parts)
    .map((part) => {
      if (typeof part === 'string') return jsTemplatePart(part);
      if (part.kind === 'any') return part.type === 'number' ? '${anyNumber()}' : '${anyText()}';
      const { name } = part.variable;
      if (part.kind === 'given') given.add(name);
      else if (given.has(name)) return `\${again('${name}')}`;
      return part.kind === 'given' ? `\${given('${name}')}` : `\${tokens.${name}}`;
    })
    .join('');
}

/** The same parts, neighbouring texts put together. */
export function mergedTexts(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const before = merged.at(-1);
    if (typeof part === 'string' && typeof before === 'string') {
      merged[merged.length - 1] = before + part;
    } else merged.push(part);
  }
  return merged;
}

/** First line of every file. */
export function madeBy({ scenario }: ScriptInput): string {
  const count = scenario.steps.length;
  const leftOut =
    scenario.leftOut === 0
      ? ''
      : ` Left out: ${scenario.leftOut} without their request or their reply.`;
  return `Recorded with Seshdeck: ${count} ${count === 1 ? 'message' : 'messages'}.${leftOut}`;
}
