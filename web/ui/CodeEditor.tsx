import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { editor } from 'monaco-editor/editor';
import type * as monacoModule from './monaco.ts';
import './CodeEditor.css';

/** A stretch of text: offset and length in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly length: number;
}

interface CodeEditorProps {
  /** Accessible name. */
  readonly label: string;
  /** Which document the text belongs to; each keeps its own undo history. */
  readonly documentId: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The cursor moved to this offset, in UTF-16 units. */
  readonly onCursor: (offset: number) => void;
  /** Ctrl/Cmd+Enter. */
  readonly onSubmit: () => void;
  /** Selected and focused whenever the object changes. */
  readonly selection: TextRange | undefined;
  readonly theme: 'light' | 'dark';
  /** JSON Schema for diagnostics, completion and hovers. */
  readonly schema: object;
}

type MonacoModule = typeof monacoModule;
type Loading =
  | { state: 'loading' }
  | { state: 'ready'; module: MonacoModule }
  | { state: 'failed' };

/**
 * A JSON editor. While Monaco loads, and where it cannot, a plain text area with the same name
 * takes its place, so that typing and sending never wait.
 */
export function CodeEditor(props: CodeEditorProps) {
  const [loading, setLoading] = useState<Loading>({ state: 'loading' });
  const hadFocus = useRef(false);
  useEffect(() => {
    let isWanted = true;
    import('./monaco.ts').then(
      (module) => isWanted && setLoading({ state: 'ready', module }),
      () => isWanted && setLoading({ state: 'failed' }),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (loading.state !== 'ready') return <PlainEditor {...props} hadFocus={hadFocus} />;
  return <MonacoEditor {...props} module={loading.module} takeFocus={hadFocus.current} />;
}

interface FocusMemory {
  readonly hadFocus: { current: boolean };
}

function PlainEditor({ hadFocus, ...props }: CodeEditorProps & FocusMemory) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { selection } = props;
  useEffect(() => {
    if (!selection || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(selection.start, selection.start + selection.length);
  }, [selection]);
  const submitOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <textarea
      ref={area}
      className="plain-editor"
      aria-label={props.label}
      spellCheck={false}
      value={props.text}
      onChange={(event) => props.onChange(event.target.value)}
      onSelect={(event) => props.onCursor(event.currentTarget.selectionEnd)}
      onKeyDown={submitOnEnter}
      onFocus={() => (hadFocus.current = true)}
      onBlur={() => (hadFocus.current = false)}
    />
  );
}

interface MonacoEditorProps extends CodeEditorProps {
  readonly module: MonacoModule;
  readonly takeFocus: boolean;
}

function MonacoEditor({ module, takeFocus, ...props }: MonacoEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor>();
  // Monaco calls back long after a render; it must reach the newest handlers.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return undefined;
    const created = createEditor(module, host.current, latest.current);
    const changes = created.onDidChangeModelContent(() =>
      latest.current.onChange(created.getValue()),
    );
    const moves = created.onDidChangeCursorPosition(({ position }) => {
      const model = created.getModel();
      if (model) latest.current.onCursor(model.getOffsetAt(position));
    });
    const { KeyMod, KeyCode } = module.monaco;
    created.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => latest.current.onSubmit());
    if (takeFocus) created.focus();
    setInstance(created);
    return () => {
      changes.dispose();
      moves.dispose();
      created.dispose();
    };
  }, [module, takeFocus]);

  useEffect(() => {
    instance?.setModel(modelOf(module, latest.current));
  }, [module, instance, props.documentId]);
  useEffect(() => module.setJsonSchema(props.schema), [module, props.schema]);
  useEffect(() => module.monaco.editor.setTheme(`seshdeck-${props.theme}`), [module, props.theme]);
  useEffect(() => {
    if (instance && instance.getValue() !== props.text) replaceAll(instance, props.text);
  }, [instance, props.text]);
  useEffect(() => {
    if (instance && props.selection) select(module, instance, props.selection);
  }, [module, instance, props.selection]);

  return <div ref={host} className="code-editor" />;
}

function modelOf({ monaco, language }: MonacoModule, { documentId, text }: CodeEditorProps) {
  const uri = monaco.Uri.from({ scheme: 'seshdeck', path: `/message/${documentId}.json` });
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, language, uri);
}

function createEditor(module: MonacoModule, host: HTMLElement, props: CodeEditorProps) {
  return module.monaco.editor.create(host, {
    model: modelOf(module, props),
    ariaLabel: props.label,
    theme: `seshdeck-${props.theme}`,
    automaticLayout: true,
    // Tab leaves the editor: JSON this short needs no tab stops, and nobody is trapped.
    tabFocusMode: true,
    fontFamily: getComputedStyle(host).getPropertyValue('--font-mono'),
    fontSize: 13,
    lineHeight: 20,
    tabSize: 2,
    padding: { top: 8, bottom: 8 },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    glyphMargin: false,
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    overviewRulerLanes: 0,
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    wordWrap: 'on',
    fixedOverflowWidgets: true,
    quickSuggestions: { strings: true, other: true, comments: false },
    scrollbar: {
      verticalScrollbarSize: 10,
      horizontalScrollbarSize: 10,
      alwaysConsumeMouseWheel: false,
    },
  });
}

/** Replaces the text as one step that can be undone. */
function replaceAll(instance: editor.IStandaloneCodeEditor, text: string): void {
  const model = instance.getModel();
  if (!model) return;
  instance.pushUndoStop();
  instance.executeEdits('text', [{ range: model.getFullModelRange(), text }]);
  instance.pushUndoStop();
}

function select(
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
  instance.focus();
}
