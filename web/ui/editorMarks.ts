import type { editor } from 'monaco-editor/editor';
import type { TextSpan } from '../../protocol/json/jsonTokens.ts';
import type { MonacoModule } from './loadMonaco.ts';

/** Something to know about a stretch of text; no fault. */
export interface EditorMark extends TextSpan {
  readonly message: string;
}

const owner = 'seshdeck';

/** Underlines the marks in an editor and says each under the pointer, in place of earlier ones. */
export function showMarks(
  { monaco }: MonacoModule,
  model: editor.ITextModel | null,
  marks: readonly EditorMark[],
): void {
  if (!model) return;
  const markers = marks.map(({ start, end, message }) => {
    const from = model.getPositionAt(start);
    const to = model.getPositionAt(end);
    return {
      severity: monaco.MarkerSeverity.Info,
      message,
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
  });
  monaco.editor.setModelMarkers(model, owner, markers);
}
