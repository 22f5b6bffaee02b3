import type { editor, IDisposable, languages } from 'monaco-editor/editor';
import type { TextSpan } from '../../protocol/json/jsonTokens.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** Something to write at the cursor. */
export interface EditorSuggestion {
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string;
  readonly insert: string;
  /** `insert` has stops, `${1:value}`; the Tab key goes from one to the next. */
  readonly isSnippet?: true;
  /** What typed characters are compared with. */
  readonly filter: string;
  /** It fits what was typed up to here: asked for again with each letter, and not sorted by it. */
  readonly isRanked?: true;
  /** What the insertion takes the place of; the cursor is in it. */
  readonly replace: TextSpan;
  /** Runs when a person has chosen it. */
  readonly onPick?: () => void;
}

/** Suggestions for an offset of a text, in the order to show. */
export type Suggest = (text: string, offset: number) => Promise<readonly EditorSuggestion[]>;

const pickCommand = 'seshdeck.picked';

/**
 * Offers suggestions in one editor.
 * @returns The function that ends it.
 */
export function offerSuggestions(
  { monaco, language }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  suggest: Suggest,
): () => void {
  const picked = monaco.editor.registerCommand(pickCommand, (_, run: () => void) => run());
  const provider = monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['{', '"', ':', ' ', ',', '['],
    provideCompletionItems: async (model, position) => {
      // Providers belong to the language, and this one to its editor.
      if (model !== instance.getModel()) return { suggestions: [] };
      const offset = model.getOffsetAt(position);
      const suggestions = await suggest(model.getValue(), offset);
      return {
        suggestions: suggestions.map((each, rank) => itemOf({ monaco, model, rank }, each)),
        incomplete: suggestions.some(({ isRanked }) => isRanked),
      };
    },
  });
  const parts: IDisposable[] = [picked, provider];
  return () => parts.forEach((part) => part.dispose());
}

interface ItemPlace {
  readonly monaco: MonacoModule['monaco'];
  readonly model: editor.ITextModel;
  readonly rank: number;
}

function itemOf(
  { monaco, model, rank }: ItemPlace,
  suggestion: EditorSuggestion,
): languages.CompletionItem {
  const { label, detail, insert, filter, replace, isSnippet, onPick } = suggestion;
  const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;
  const from = model.getPositionAt(replace.start);
  const to = model.getPositionAt(replace.end);
  return {
    label: { label, description: detail },
    kind: CompletionItemKind.Value,
    insertText: insert,
    filterText: filter,
    sortText: String(rank).padStart(4, '0'),
    range: monaco.Range.fromPositions(from, to),
    ...(isSnippet && { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet }),
    ...(onPick ? { command: { id: pickCommand, title: label, arguments: [onPick] } } : {}),
  };
}
