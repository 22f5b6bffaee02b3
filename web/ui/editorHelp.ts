import type { editor, IDisposable } from 'monaco-editor/editor';
import type { TextSpan } from '../../protocol/json/jsonTokens.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** What is said of a word under the pointer. */
export interface EditorHelp extends TextSpan {
  readonly title: string;
  readonly line: string;
  readonly list: readonly string[];
  /** Leads to more. */
  readonly link: { readonly label: string; readonly run: () => void } | undefined;
}

/** Help for an offset of a text. */
export type Explain = (text: string, offset: number) => EditorHelp | undefined;

/**
 * Explains words under the pointer of one editor.
 * @returns The function that ends it.
 */
export function offerHelp(
  { monaco, language }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  explain: Explain,
): () => void {
  const command = `seshdeck.more.${instance.getId()}`;
  let shown: EditorHelp | undefined;
  const follow = monaco.editor.registerCommand(command, () => shown?.link?.run());
  const provider = monaco.languages.registerHoverProvider(language, {
    provideHover: (model, position) => {
      // Providers belong to the language, and this one to its editor.
      if (model !== instance.getModel()) return undefined;
      shown = explain(model.getValue(), model.getOffsetAt(position));
      if (!shown) return undefined;
      const { start, end } = shown;
      const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
      return {
        range: monaco.Range.fromPositions(from, to),
        contents: [
          { value: markdownOf(shown, command), isTrusted: { enabledCommands: [command] } },
        ],
      };
    },
  });
  const parts: IDisposable[] = [follow, provider];
  return () => parts.forEach((part) => part.dispose());
}

function markdownOf({ title, line, list, link }: EditorHelp, command: string): string {
  const items = list.map((item) => `- ${asPlain(item)}`).join('\n');
  const more = link ? `[${asPlain(link.label)}](command:${command})` : '';
  return [`**${asPlain(title)}**`, asPlain(line), more, items].filter(Boolean).join('\n\n');
}

/** Text in which nothing means anything to Markdown. */
function asPlain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, String.raw`\$&`);
}
