import { quote } from '../../protocol/json/jsonText.ts';
import { maskToken } from '../../protocol/token.ts';
import { substitute } from '../connection/page/substitute.ts';
import { isTokenVariable, variableOfSession } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { EditorSuggestion } from '../ui/editorCompletion.ts';
import { cursorPlace, type CursorPlace } from './cursorPlace.ts';
import type { LiveKey, LiveSession, LiveSources } from './liveSources.ts';
import { texts } from './texts.ts';
import { seenKeys } from './seenKeys.ts';

/** Most suggestions at a time. */
const maxSuggestions = 500;

/**
 * Real keys and tokens that fit at an offset: keys of the session that `tkn` names, and
 * variables or living sessions for `tkn` itself. A token never becomes part of a suggestion.
 */
export async function liveSuggestions(
  { text, offset }: { text: string; offset: number },
  { sources, variables }: { sources: LiveSources; variables: Variables },
): Promise<readonly EditorSuggestion[]> {
  const place = cursorPlace(text, offset);
  if (!place) return [];
  if (wantsToken(place)) return tokenSuggestions(place, { sources, variables });
  if (!wantsKey(place) || place.token === undefined) return [];
  const { text: token, unresolved } = substitute(place.token, variables);
  if (unresolved.length > 0) return [];
  const keys = (await sources.keysOf(token)) ?? seenKeys(sources.entries(), token);
  const free = keys.filter(({ key }) => !place.taken.includes(key));
  return free.slice(0, maxSuggestions).map((key) => keySuggestion(place, key));
}

function wantsToken({ path, role }: CursorPlace): boolean {
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
    kind: 'key',
  };
}

interface TokenContext {
  readonly sources: LiveSources;
  readonly variables: Variables;
}

function tokenSuggestions(place: CursorPlace, { sources, variables }: TokenContext) {
  const tokens = [...variables].filter(([name]) => isTokenVariable(name));
  const known = tokens.map(([name, value]) =>
    variableSuggestion(place, { name, detail: texts.variableHolds(maskToken(value)) }),
  );
  const masks = new Set(tokens.map(([, value]) => maskToken(value)));
  const unknown = sources.sessions().filter(({ maskedToken }) => !masks.has(maskedToken));
  const offers = unknown.slice(0, maxSuggestions).map((session) => {
    const name = variableFor(session, variables);
    const detail = texts.liveSession(session.maskedToken);
    const onPick = () => sources.learnToken(session, name);
    return { ...variableSuggestion(place, { name, detail }), onPick };
  });
  return [...known, ...offers];
}

function variableSuggestion(
  place: CursorPlace,
  { name, detail }: { name: string; detail: string },
): EditorSuggestion {
  const insert = `"{{${name}}}"`;
  return {
    label: `{{${name}}}`,
    detail,
    insert,
    filter: insert,
    replace: place.literal,
    kind: 'variable',
  };
}

/** Another session may have the same name: then the end of the token distinguishes them. */
function variableFor({ name, maskedToken }: LiveSession, variables: Variables): string {
  const plain = variableOfSession(name);
  return variables.has(plain) ? `${plain} ${maskedToken}` : plain;
}
