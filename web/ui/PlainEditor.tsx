import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { CodeEditorProps } from './CodeEditor.tsx';

/** What the next editor takes over from the one before it. */
export interface Handover {
  readonly hasFocus: boolean;
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

interface PlainEditorProps extends CodeEditorProps {
  /** Filled when this editor goes away. */
  readonly handover: RefObject<Handover | undefined>;
  /** Whether a character is being composed by an input method. */
  readonly isComposing: RefObject<boolean>;
}

/** A text area in the place of the editor. */
export function PlainEditor({ handover, isComposing, ...props }: PlainEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const wasPasted = useRef(false);
  const { selection } = props;
  useEffect(() => {
    if (!selection || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(selection.start, selection.start + selection.length);
  }, [selection]);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    // The very last moment: what is typed until then counts.
    return () => {
      const hasFocus = document.activeElement === element;
      handover.current = { hasFocus, start: element.selectionStart, end: element.selectionEnd };
    };
  }, [handover]);
  const change = (text: string) => {
    props.onChange(text);
    if (wasPasted.current) props.onPaste();
    wasPasted.current = false;
  };
  return (
    <textarea
      ref={area}
      className="plain-editor"
      aria-label={props.label}
      translate="no"
      spellCheck={false}
      value={props.text}
      onChange={(event) => change(event.target.value)}
      onPaste={() => (wasPasted.current = true)}
      onSelect={(event) => props.onCursor(event.currentTarget.selectionEnd)}
      onKeyDown={(event) => {
        if (!isSubmit(event)) return;
        event.preventDefault();
        props.onSubmit();
      }}
      onCompositionStart={() => (isComposing.current = true)}
      onCompositionEnd={() => (isComposing.current = false)}
    />
  );
}

/** Enter with Ctrl or Cmd; not the one that ends a composed word, and not AltGr, which sets Ctrl. */
function isSubmit({ key, ctrlKey, metaKey, altKey, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey) && !altKey && !nativeEvent.isComposing;
}
