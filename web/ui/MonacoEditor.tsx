import type { editor } from 'monaco-editor/editor';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { CodeEditorProps } from './editorProps.ts';
import { createEditor, modelOf, replaceAll, select } from './createEditor.ts';
import { offerSuggestions } from './editorCompletion.ts';
import { showGutter } from './editorGutter.ts';
import { offerHelp } from './editorHelp.ts';
import { listenForKeys } from './editorKeys.ts';
import { showMarks } from './editorMarks.ts';
import type { MonacoModule } from './loadMonaco.ts';
import type { Handover } from './editorProps.ts';

interface MonacoEditorProps extends CodeEditorProps {
  readonly module: MonacoModule;
  /** What the text area left behind, if there was one. */
  readonly handover: RefObject<Handover | undefined>;
}

export function MonacoEditor({ module, handover, ...props }: MonacoEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor>();
  // Monaco calls back long after a render; it must reach the newest handlers.
  const latest = useRef(props);
  // The text area has shown this selection already.
  const shownSelection = useRef(handover.current ? props.selection : undefined);
  useLayoutEffect(() => {
    latest.current = props;
  });

  // Before the next key is pressed: a moment without a focused editor would swallow it.
  useLayoutEffect(() => {
    if (!host.current) return undefined;
    module.setJsonSchema(latest.current.schema);
    const created = createEditor(module, host.current, latest.current);
    const stopListening = listen(module, created, latest);
    const stopFitting = fitHeight(created, host.current);
    takeOver(module, created, handover.current);
    if (handover.current) shownSelection.current = latest.current.selection;
    handover.current = undefined;
    setInstance(created);
    return () => {
      stopListening();
      stopFitting();
      created.dispose();
    };
  }, [module, handover]);

  useEffect(() => {
    instance?.setModel(modelOf(module, latest.current));
  }, [module, instance, props.documentId]);
  useEffect(() => module.setJsonSchema(props.schema), [module, props.schema]);
  useEffect(() => module.monaco.editor.setTheme(`seshdeck-${props.theme}`), [module, props.theme]);
  useLayoutEffect(() => {
    if (instance && instance.getValue() !== props.text) replaceAll(instance, props.text);
  }, [instance, props.text]);
  useEffect(() => {
    if (!instance || !props.selection || props.selection === shownSelection.current) return;
    select(module, instance, props.selection);
    instance.focus();
  }, [module, instance, props.selection]);
  useEffect(() => {
    if (instance) showMarks(module, instance.getModel(), props.marks);
  }, [module, instance, props.documentId, props.marks]);

  useEffect(
    () => (instance ? showGutter(module, instance, props.gutter) : undefined),
    [module, instance, props.documentId, props.gutter],
  );

  return <div ref={host} className="code-editor" translate="no" />;
}

/** @returns The function that stops listening. */
function listen(
  module: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  latest: { readonly current: CodeEditorProps },
): () => void {
  const changes = instance.onDidChangeModelContent(() =>
    latest.current.onChange(instance.getValue()),
  );
  const moves = instance.onDidChangeCursorPosition(({ position }) => {
    const model = instance.getModel();
    if (model) latest.current.onCursor(model.getOffsetAt(position));
  });
  const pastes = instance.onDidPaste(() => latest.current.onPaste());
  const endSuggestions = offerSuggestions(module, instance, (text, offset) =>
    latest.current.suggest(text, offset),
  );
  const endHelp = offerHelp(module, instance, (text, offset) =>
    latest.current.explain(text, offset),
  );
  const endKeys = listenForKeys(module, instance, {
    onSubmit: () => latest.current.onSubmit(),
    onLeave: (edge) => latest.current.onLeave(edge),
  });
  return () => {
    changes.dispose();
    moves.dispose();
    pastes.dispose();
    endSuggestions();
    endHelp();
    endKeys();
  };
}

/** Tells the style sheet how high the text is. @returns The function that stops it. */
function fitHeight(instance: editor.IStandaloneCodeEditor, host: HTMLElement): () => void {
  const fit = () =>
    host.style.setProperty('--text-height', `${Math.ceil(instance.getContentHeight())}px`);
  fit();
  const sizes = instance.onDidContentSizeChange(fit);
  return () => sizes.dispose();
}

/** Continues where the text area ended. */
function takeOver(
  module: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  handover: Handover | undefined,
): void {
  if (!handover) return;
  select(module, instance, { start: handover.start, length: handover.end - handover.start });
  if (handover.hasFocus) instance.focus();
}
