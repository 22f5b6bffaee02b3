import type { editor, IDisposable, languages } from 'monaco-editor/editor';
import type { TextSpan } from '../../protocol/json/jsonTokens.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** Something to write at the cursor. */
export interface EditorSuggestion {
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string;
  readonly insert: string;
  /** What typed characters are compared with. */
  readonly filter: string;
  /** What the insertion takes the place of; the cursor is in it. */
  readonly replace: TextSpan;
  readonly kind: 'key' | 'variable';
  /** Runs when a person has chosen it. */
  readonly onPick?: () => void;
}

/** Suggestions for an offset of a text. */
export type Suggest = (text: string, offset: number) => Promise<readonly EditorSuggestion[]>;

const pickCommand = 'seshdeck.picked';

/**
 * Offers suggestions in one editor, before those of the JSON schema.
 * @returns The function that ends it.
 */
export function offerSuggestions(
  { monaco, language }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  suggest: Suggest,
): () => void {
  const picked = monaco.editor.registerCommand(pickCommand, (_, run: () => void) => run());
  const provider = monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['"', ':', ' ', ',', '['],
    provideCompletionItems: async (model, position) => {
      // Providers belong to the language, and this one to its editor.
      if (model !== instance.getModel()) return { suggestions: [] };
      const offset = model.getOffsetAt(position);
      const suggestions = await suggest(model.getValue(), offset);
      return { suggestions: suggestions.map((each) => itemOf(monaco, model, each)) };
    },
  });
  const parts: IDisposable[] = [picked, provider];
  return () => parts.forEach((part) => part.dispose());
}

function itemOf(
  monaco: MonacoModule['monaco'],
  model: editor.ITextModel,
  suggestion: EditorSuggestion,
): languages.CompletionItem {
  const { label, detail, insert, filter, replace, kind, onPick } = suggestion;
  const kinds = monaco.languages.CompletionItemKind;
  const from = model.getPositionAt(replace.start);
  const to = model.getPositionAt(replace.end);
  return {
    label: { label, description: detail },
    detail,
    kind: kind === 'key' ? kinds.Field : kinds.Variable,
    insertText: insert,
    filterText: filter,
    sortText: ` ${label}`,
    range: monaco.Range.fromPositions(from, to),
    ...(onPick ? { command: { id: pickCommand, title: label, arguments: [onPick] } } : {}),
  };
}
