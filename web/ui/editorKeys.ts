import type { editor, IDisposable } from 'monaco-editor/editor';
import type { CodeEditorProps } from './editorProps.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** An arrow moves through a list while one is open, and drops a selection. */
const isFree =
  'editorTextFocus && !suggestWidgetVisible && !editorHasSelection && !editorHasMultipleSelections';

/**
 * Takes the keys that mean something to the page from one editor.
 * @returns The function that gives them back.
 */
export function listenForKeys(
  { monaco }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  { onSubmit, onLeave }: Pick<CodeEditorProps, 'onSubmit' | 'onLeave'>,
): () => void {
  const parts: IDisposable[] = [];
  // The editor's own addCommand would take the key permanently, and from every editor.
  const take = (keybinding: number, when: string, run: () => void) => {
    const command = `seshdeck.key${keybinding}.${instance.getId()}`;
    const inThisOne = `${when} && editorId == '${instance.getId()}'`;
    parts.push(
      monaco.editor.addCommand({ id: command, run }),
      monaco.editor.addKeybindingRule({ keybinding, command, when: inThisOne }),
    );
  };
  const leave = (edge: 'top' | 'bottom', move: string) => () => {
    if (!isOnRow(instance, edge) || !onLeave(edge)) instance.trigger('keyboard', move, undefined);
  };
  const { KeyMod, KeyCode } = monaco;
  take(KeyMod.CtrlCmd | KeyCode.Enter, 'editorTextFocus', onSubmit);
  take(KeyCode.UpArrow, isFree, leave('top', 'cursorUp'));
  take(KeyCode.DownArrow, isFree, leave('bottom', 'cursorDown'));
  parts.push(instance.onKeyDown(({ browserEvent }) => clearForPair(instance, browserEvent)));
  return () => parts.forEach((part) => part.dispose());
}

/** The editor adds what closes these only where nothing is selected. */
const openers = ['{', '[', '"'];

/** Removes what is selected, so that a bracket or quote typed over it gets its other half. */
function clearForPair(instance: editor.IStandaloneCodeEditor, event: KeyboardEvent): void {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph');
  if (isShortcut || !openers.includes(event.key)) return;
  const [selection, ...others] = instance.getSelections() ?? [];
  if (!selection || selection.isEmpty() || others.length > 0) return;
  instance.executeEdits('pair', [{ range: selection, text: '' }]);
}

/** Whether the cursor is on the first or last row as it is shown: a long line has several. */
function isOnRow(instance: editor.IStandaloneCodeEditor, edge: 'top' | 'bottom'): boolean {
  const [model, at] = [instance.getModel(), instance.getPosition()];
  if (!model || !at) return false;
  const line = edge === 'top' ? 1 : model.getLineCount();
  const column = edge === 'top' ? 1 : model.getLineMaxColumn(line);
  const topOf = (lineNumber: number, place: number) =>
    instance.getTopForPosition(lineNumber, place);
  return topOf(at.lineNumber, at.column) === topOf(line, column);
}
