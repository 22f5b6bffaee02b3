import type { EditorSuggestion } from '../ui/editorCompletion.ts';
import { cursorPlace } from './cursorPlace.ts';
import { liveSuggestions, wantsToken, type LiveContext } from './liveSuggestions.ts';
import { schemaSuggestions } from './schemaSuggestions.ts';

/** What fits at an offset, in the order to show: what the server has, then what the catalog has. */
export async function suggestionsAt(
  { text, offset }: { readonly text: string; readonly offset: number },
  context: LiveContext,
): Promise<readonly EditorSuggestion[]> {
  const place = cursorPlace(text, offset);
  if (!place) return [];
  const live = await liveSuggestions(place, context);
  return wantsToken(place) ? live : [...live, ...schemaSuggestions(place, { text, offset })];
}
