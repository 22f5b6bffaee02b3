import { quote } from '../../protocol/json/jsonText.ts';
import { maskToken } from '../../protocol/token.ts';
import { substitute } from '../connection/page/substitute.ts';
import {
  isTokenVariable,
  sessionOfToken,
  sessionOfVariable,
  variableOfSession,
} from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { EditorSuggestion } from '../ui/editorCompletion.ts';
import type { CursorPlace } from './cursorPlace.ts';
import type { LiveKey, LiveSession, LiveSources } from './liveSources.ts';
import { texts } from './texts.ts';
import { seenKeys } from './seenKeys.ts';

/** Most suggestions at a time. */
const maxSuggestions = 500;

/** What is known of the server and this connection. */
export interface LiveContext {
  readonly sources: LiveSources;
  readonly variables: Variables;
}

/**
 * Real keys and tokens that fit at a place: keys of the session that `tkn` names, and variables or
 * live sessions for `tkn` itself. A token never becomes part of a suggestion.
 */
export async function liveSuggestions(
  place: CursorPlace,
  { sources, variables }: LiveContext,
): Promise<readonly EditorSuggestion[]> {
  if (wantsToken(place)) return tokenSuggestions(place, { sources, variables });
  if (!wantsKey(place) || place.token === undefined) return [];
  const { text: token, unresolved } = substitute(place.token, variables);
  if (unresolved.length > 0) return [];
  const keys = (await sources.keysOf(token)) ?? seenKeys(sources.entries(), token);
  const free = keys.filter(({ key }) => !place.taken.includes(key));
  return free.slice(0, maxSuggestions).map((key) => keySuggestion(place, key));
}

/** Whether a token belongs here. */
export function wantsToken({ path, role }: CursorPlace): boolean {
  return role === 'value' && (path[0] === 'tkn' || path[0] === 'tkns');
}

/** `keys` lists names or holds members, `key` is one; deeper down are values. */
function wantsKey({ path, role }: CursorPlace): boolean {
  if (role === 'name') return path.length === 1 && path[0] === 'keys';
  if (path[0] === 'key') return path.length === 1;
  return path[0] === 'keys' && path.length === 2 && typeof path[1] === 'number';
}

function keySuggestion(place: CursorPlace, { key, type, preview }: LiveKey): EditorSuggestion {
  const written = quote(key);
  const isNewName = place.role === 'name' && !place.hasColon;
  return {
    label: key,
    detail: preview === '' ? texts.seenKey : `${type} · ${preview}`,
    insert: isNewName ? `${written}: ` : written,
    filter: written,
    replace: place.literal,
  };
}

function tokenSuggestions(place: CursorPlace, { sources, variables }: LiveContext) {
  const held = heldTokens(variables);
  const newest = sources.sessions().toReversed();
  const sessions = newest.map((session) =>
    sessionSuggestion(place, session, { sources, variables }),
  );
  const masks = new Set(newest.map(({ maskedToken }) => maskedToken));
  const others = held
    .filter(({ name, masked }) => name !== 'tkn' && !masks.has(masked))
    .map(({ name, masked }) =>
      variableSuggestion(place, { name, label: sessionOfVariable(name) ?? name, masked }),
    );
  const current = held
    .filter(({ name }) => name === 'tkn')
    .map(({ name, masked, value }) => {
      const session = sessionOfToken(value, variables);
      return variableSuggestion(place, {
        name,
        label: `{{${name}}}`,
        masked: session === undefined ? masked : `${session} ${masked}`,
      });
    });
  return [...current, ...sessions, ...others].slice(0, maxSuggestions);
}

/** Variables with tokens. */
function heldTokens(variables: Variables) {
  return [...variables]
    .filter(([name]) => isTokenVariable(name))
    .map(([name, value]) => ({ name, value, masked: maskToken(value) }));
}

/** A live session by its name. Without a variable of its own yet, choosing it makes one. */
function sessionSuggestion(
  place: CursorPlace,
  session: LiveSession,
  { sources, variables }: LiveContext,
): EditorSuggestion {
  const { name: label, maskedToken: masked } = session;
  const known = heldTokens(variables).find((each) => each.name !== 'tkn' && each.masked === masked);
  if (known) return variableSuggestion(place, { name: known.name, label, masked });
  const name = variableFor(session, variables);
  const onPick = () => void sources.learnToken(session, name);
  return { ...variableSuggestion(place, { name, label, masked }), onPick };
}

interface OfferedVariable {
  readonly name: string;
  readonly label: string;
  readonly masked: string;
}

function variableSuggestion(
  place: CursorPlace,
  { name, label, masked }: OfferedVariable,
): EditorSuggestion {
  const variable = `{{${name}}}`;
  return {
    label,
    detail: label === variable ? masked : `${variable} ${masked}`,
    insert: `"${variable}"`,
    // Found by the name of the session as well as by that of the variable.
    filter: `"${label} ${variable}"`,
    replace: place.literal,
  };
}

/** Another session may have the same name: then the end of the token distinguishes them. */
function variableFor({ name, maskedToken }: LiveSession, variables: Variables): string {
  const plain = variableOfSession(name);
  return variables.has(plain) ? `${plain} ${maskedToken}` : plain;
}
