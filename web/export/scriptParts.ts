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
 * It works on text, because numbers lose digits in JSON.parse.
 */
export const jsComparer = String.raw`/** A reply as it has to be, apart from the places that differ. Compared as text: no digit is lost. */
function reply(texts, ...places) {
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  let pattern = literal(texts[0]);
  let shown = texts[0];
  places.forEach((place, at) => {
    const after = texts[at + 1];
    pattern += (place.pattern ?? literal(place)) + literal(after);
    shown += (place.shown ?? place) + after;
  });
  return { pattern: new RegExp('^' + pattern + '$', 's'), shown };
}

/** A token that the reply gives; from then on it is in "tokens". */
function given(name) {
  return { pattern: '(?<' + name + '>(?:[^"\\\\]|\\\\.)+)', shown: '<' + name + '>' };
}

/** The same token once more in that reply. */
function again(name) {
  return { pattern: '\\k<' + name + '>', shown: '<' + name + '>' };
}

function anyNumber() {
  return { pattern: '-?\\d[-+.\\deE]*', shown: '<number>' };
}

function anyText() {
  return { pattern: '"(?:[^"\\\\]|\\\\.)*"', shown: '<text>' };
}

/** Takes over the tokens that a reply gives. Returns what is expected if it fits, else the reply. */
function compared(text, expected) {
  const actual = text.replace(/("(?:[^"\\]|\\.)*")|\s+/gs, '$1');
  const match = expected.pattern.exec(actual);
  if (match) Object.assign(tokens, match.groups);
  return match ? expected.shown : actual;
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
