import type { editor } from 'monaco-editor/editor';
import type { MonacoModule } from './loadMonaco.ts';

/** A dot beside a line of the text. */
export interface GutterMark {
  /** In the line: an offset in UTF-16 units. */
  readonly at: number;
  readonly look: 'good' | 'bad' | 'none';
  readonly label: string;
}

/** Shows marks beside the lines of an editor. @returns The function that takes them away. */
export function showGutter(
  { monaco }: MonacoModule,
  instance: editor.IStandaloneCodeEditor,
  marks: readonly GutterMark[],
): () => void {
  const model = instance.getModel();
  if (!model || marks.length === 0) return () => {};
  const decorations = marks.map(({ at, look, label }) => ({
    range: monaco.Range.fromPositions(model.getPositionAt(at)),
    options: {
      linesDecorationsClassName: `gutter-mark is-${look}`,
      linesDecorationsTooltip: label,
    },
  }));
  const shown = instance.createDecorationsCollection(decorations);
  return () => shown.clear();
}
