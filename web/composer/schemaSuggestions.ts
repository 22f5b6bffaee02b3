import { catalog, type CommandName, isCommandName } from '../../protocol/commands/catalog.ts';
import type { JsonSchema } from '../../protocol/codec/codec.ts';
import type { Param } from '../../protocol/codec/params.ts';
import { quote } from '../../protocol/json/jsonText.ts';
import type { EditorSuggestion } from '../ui/editorCompletion.ts';
import type { CursorPlace } from './cursorPlace.ts';
import { rankCommands } from './rankCommands.ts';
import { escapeSnippet, SnippetWriter } from './snippets.ts';

/** What the catalog has for a place: commands, parameters, members of these, and values. */
export function schemaSuggestions(
  place: CursorPlace,
  { text, offset }: { readonly text: string; readonly offset: number },
): readonly EditorSuggestion[] {
  switch (place.role) {
    case 'message':
    case 'command': {
      const typed = text.slice(place.literal.start, offset);
      return rankCommands(typed.replace('"', '')).map((name) => ({
        ...commandSuggestion(name, place),
        filter: typed,
        isRanked: true,
      }));
    }
    case 'name':
      return nameSuggestions(place, text);
    case 'value':
      return valueSuggestions(place);
  }
}

function commandSuggestion(
  name: CommandName,
  place: CursorPlace,
): Omit<EditorSuggestion, 'filter'> {
  const quoted = quote(name);
  const named = `${quoted}: ${new SnippetWriter().body(name)}`;
  const whole = place.role === 'message' ? `{${named}\\}` : named;
  return {
    label: name,
    detail: catalog[name].summary,
    insert: place.hasColon ? quoted : whole,
    isSnippet: true,
    replace: place.literal,
  };
}

function nameSuggestions(place: CursorPlace, text: string): EditorSuggestion[] {
  const properties = schemaAt(place)?.properties ?? {};
  return Object.keys(properties)
    .filter((name) => !place.taken.includes(name))
    .map((name) => nameSuggestion(name, place, text));
}

function nameSuggestion(name: string, place: CursorPlace, text: string): EditorSuggestion {
  const schema = schemaAt({ ...place, path: [...place.path, name] }) ?? {};
  const param = place.path.length === 0 ? paramsOf(place)[name] : undefined;
  const snippets = new SnippetWriter();
  const value = param ? snippets.sample(param.sample, schema) : snippets.value(schema);
  const comma = /^\s*"/.test(text.slice(place.literal.end)) ? ',' : '';
  const quoted = quote(name);
  return {
    label: name,
    detail: schema.description ?? '',
    insert: escapeSnippet(quoted) + (place.hasColon ? '' : `: ${value}${comma}`),
    isSnippet: true,
    filter: quoted,
    replace: place.literal,
  };
}

function valueSuggestions(place: CursorPlace): EditorSuggestion[] {
  const schema = schemaAt(place);
  if (!schema) return [];
  const [name, ...deeper] = place.path;
  const sample = deeper.length === 0 ? paramsOf(place)[`${name}`]?.sample : undefined;
  const literals = literalsOf(schema) ?? (sample === undefined ? [] : [sample]);
  return literals.map((json) => ({
    label: json,
    detail: '',
    insert: literalsOf(schema) ? escapeSnippet(json) : new SnippetWriter().sample(json, schema),
    isSnippet: true,
    filter: json,
    replace: place.literal,
  }));
}

/** The only values that a schema allows, if they are few. */
function literalsOf({ type, enum: options }: JsonSchema): string[] | undefined {
  if (options) return options.map((option) => quote(String(option)));
  return type === 'boolean' ? ['true', 'false'] : undefined;
}

function paramsOf({ command }: Pick<CursorPlace, 'command'>): Record<string, Param<unknown>> {
  return isCommandName(command) ? catalog[command].params : {};
}

/** The schema of what a path of a command leads to; undefined where anything may stand. */
export function schemaAt(place: Pick<CursorPlace, 'command' | 'path'>): JsonSchema | undefined {
  const params = Object.entries(paramsOf(place)).map(([name, { schema }]) => [name, schema]);
  let schema: JsonSchema | undefined = {
    properties: Object.fromEntries(params) as Record<string, JsonSchema>,
  };
  for (const step of place.path) {
    schema = typeof step === 'number' ? schema.items : memberOf(schema, step);
    if (!schema) return undefined;
  }
  return schema;
}

function memberOf({ properties = {} }: JsonSchema, name: string): JsonSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
