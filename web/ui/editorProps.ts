import type { Suggest } from './editorCompletion.ts';
import type { Explain } from './editorHelp.ts';
import type { GutterMark } from './editorGutter.ts';
import type { EditorMark } from './editorMarks.ts';

/** A stretch of text: offset and length in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly length: number;
}

export interface CodeEditorProps {
  /** Accessible name. */
  readonly label: string;
  /** Which document the text belongs to; each keeps its own undo history. */
  readonly documentId: string;
  readonly text: string;
  /** Stands in the empty editor. */
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
  /** The cursor moved to this offset, in UTF-16 units. */
  readonly onCursor: (offset: number) => void;
  /** Something was pasted; the text has it already. */
  readonly onPaste: () => void;
  /** Ctrl/Cmd+Enter. */
  readonly onSubmit: () => void;
  /**
   * An arrow key would leave the text: Up on its first row, or Down on its last, with nothing
   * selected and no list open. @returns Whether that is all that the key does.
   */
  readonly onLeave: (edge: 'top' | 'bottom') => boolean;
  /** Selected and focused whenever the object changes. */
  readonly selection: TextRange | undefined;
  readonly theme: 'light' | 'dark';
  /** JSON Schema that the text is checked against. */
  readonly schema: object;
  /** What is worth a word in the text. */
  readonly marks: readonly EditorMark[];
  /** Dots beside the lines. */
  readonly gutter: readonly GutterMark[];
  readonly suggest: Suggest;
  readonly explain: Explain;
  /** Said while the plain text area stands in: for long, or permanently. */
  readonly plainNotices: { readonly late: string; readonly failed: string };
}

/** What the next editor takes over from the one before it. */
export interface Handover {
  readonly hasFocus: boolean;
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}
