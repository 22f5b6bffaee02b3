import { catalog, type CommandName } from '../commands/catalog.ts';
import type { Param } from '../codec/params.ts';
import { asJsonText, quote } from '../json/jsonText.ts';
import { jsonTokens } from '../json/jsonTokens.ts';
import { prettyJson } from '../json/prettyJson.ts';
import { writeRequest } from './namedMessage.ts';

/** A message to start from. */
export interface Template {
  /** Text over several lines, ready to send once its variables have values. */
  readonly text: string;
  /** What a person would change first: offset and length in {@link Template.text}. */
  readonly selection: { readonly start: number; readonly length: number };
}

/** The template of a command: with sample values the parameters that it needs, all where one of several will do. */
export function templateOf(name: CommandName): Template {
  const required = paramsToFill(name);
  const members = required.map(([param, { sample }]) => `${quote(param)}:${sample}`);
  const text = prettyJson(writeRequest(name, asJsonText(`{${members.join(',')}}`)));
  const own = required.find(([param]) => param !== 'tkn') ?? required[0];
  return { text, selection: own ? selectionOf(text, own[0]) : { start: text.length, length: 0 } };
}

/** The parameters, by name, that a message of a command must have: all where one of several will do. */
export function paramsToFill(name: CommandName): readonly [string, Param<unknown>][] {
  const params = Object.entries(catalog[name].params);
  const oneOf = params.flatMap(([param, { neededWithout: other }]) =>
    other ? [param, other] : [],
  );
  return params.filter(([param, each]) => each.required || oneOf.includes(param));
}

/** The first scalar at or under a member: the text inside the quotes, or the number. */
function selectionOf(text: string, param: string): Template['selection'] {
  const valueStart = text.indexOf(`"${param}": `) + param.length + 4;
  for (const { kind, start, end } of jsonTokens(text)) {
    if (start < valueStart) continue;
    if (kind === 'string') return { start: start + 1, length: end - start - 2 };
    if (kind === 'scalar') return { start, length: end - start };
  }
  return { start: valueStart, length: 0 };
}
