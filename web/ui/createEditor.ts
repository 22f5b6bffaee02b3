import type { editor } from 'monaco-editor/editor';
import type { TextRange } from './editorProps.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** What an editor is made of. */
interface EditorDocument {
  readonly label: string;
  readonly documentId: string;
  readonly text: string;
  readonly placeholder: string;
  readonly theme: 'light' | 'dark';
}

/** The text of a document with its undo history; it outlives the editor. */
export function modelOf(
  { monaco, language }: MonacoModule,
  { documentId, text }: EditorDocument,
): editor.ITextModel {
  const uri = monaco.Uri.from({ scheme: 'seshdeck', path: `/message/${documentId}.json` });
  const known = monaco.editor.getModel(uri);
  if (known) return known;
  // Created empty: a first text would lose its byte order mark.
  const model = monaco.editor.createModel('', language, uri);
  treatAsData(model);
  model.applyEdits([{ range: model.getFullModelRange(), text }]);
  return model;
}

/** Not an option of the editor, although it can be written as one. */
function treatAsData(model: editor.ITextModel | null): void {
  model?.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    trimAutoWhitespace: false,
    // Brackets have the colour of what is around them, as in the log.
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
}

/**
 * Monaco's defaults are made for source files. This text is data: what is typed or pasted is what
 * goes out, and nothing in it is offered to be changed.
 */
const dataNotSource: editor.IStandaloneEditorConstructionOptions = {
  // Otherwise a dialog offers to remove U+2028 and U+2029.
  unusualLineTerminators: 'off',
  // Letters of other scripts are no mistake. What nobody can see is still shown.
  unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false, invisibleCharacters: true },
  // A quote or bracket typed over a selection takes its place.
  autoSurround: 'never',
  autoIndentOnPaste: false,
  formatOnPaste: false,
  formatOnType: false,
  pasteAs: { enabled: false },
  multiCursorPaste: 'full',
  dragAndDrop: false,
  dropIntoEditor: { enabled: false },
  // Without a selection there is nothing to copy or cut.
  emptySelectionClipboard: false,
  copyWithSyntaxHighlighting: false,
  detectIndentation: false,
  trimAutoWhitespace: false,
  wordBasedSuggestions: 'off',
  acceptSuggestionOnCommitCharacter: false,
  links: false,
  colorDecorators: false,
  defaultColorDecorators: 'never',
  occurrencesHighlight: 'off',
};

export function createEditor(
  module: MonacoModule,
  host: HTMLElement,
  shown: EditorDocument,
): editor.IStandaloneCodeEditor {
  const instance = module.monaco.editor.create(host, {
    ...dataNotSource,
    model: modelOf(module, shown),
    ariaLabel: shown.label,
    placeholder: shown.placeholder,
    theme: `seshdeck-${shown.theme}`,
    automaticLayout: true,
    // Tab leaves the editor: JSON this short needs no tab stops, and nobody is trapped.
    tabFocusMode: true,
    fontFamily: getComputedStyle(host).getPropertyValue('--font-mono'),
    fontSize: 13,
    lineHeight: 20,
    tabSize: 2,
    padding: { top: 8, bottom: 8 },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 14,
    glyphMargin: false,
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    overviewRulerLanes: 0,
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    wordWrap: 'on',
    fixedOverflowWidgets: true,
    suggest: { showIcons: false, showStatusBar: false },
    suggestFontSize: 13,
    suggestLineHeight: 26,
    quickSuggestions: { strings: true, other: true, comments: false },
    scrollbar: {
      verticalScrollbarSize: 10,
      horizontalScrollbarSize: 10,
      alwaysConsumeMouseWheel: false,
    },
  });
  // The first editor sets the options of its model back.
  treatAsData(instance.getModel());
  return instance;
}

/** Replaces the text as one step that can be undone. */
export function replaceAll(instance: editor.IStandaloneCodeEditor, text: string): void {
  const model = instance.getModel();
  if (!model) return;
  instance.pushUndoStop();
  instance.executeEdits('text', [{ range: model.getFullModelRange(), text }]);
  instance.pushUndoStop();
}

export function select(
  { monaco }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  { start, length }: TextRange,
): void {
  const model = instance.getModel();
  if (!model) return;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(start + length);
  instance.setSelection(monaco.Range.fromPositions(from, to));
  instance.revealPositionInCenterIfOutsideViewport(from);
}
