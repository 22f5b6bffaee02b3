import type { Handover } from './editorProps.ts';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { isOnRow, replaceText } from './areaText.ts';
import type { CodeEditorProps } from './editorProps.ts';

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
  const { text, selection } = props;
  const [initialText] = useState(text);
  useLayoutEffect(() => {
    if (area.current && area.current.value !== text) replaceText(area.current, text);
  }, [text]);
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
      placeholder={props.placeholder}
      translate="no"
      spellCheck={false}
      // From here on the area owns its text, so that undo reaches over what the page put in.
      defaultValue={initialText}
      onChange={(event) => change(event.target.value)}
      onPaste={() => (wasPasted.current = true)}
      onSelect={(event) => props.onCursor(event.currentTarget.selectionEnd)}
      onKeyDown={(event) => {
        const edge = edgeOf(event);
        if (isSubmit(event)) props.onSubmit();
        else if (!edge || !isOnRow(event.currentTarget, edge) || !props.onLeave(edge)) return;
        event.preventDefault();
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

/** Which edge of the text an arrow leads to; with a modifier or a selection it means something else. */
function edgeOf(event: KeyboardEvent<HTMLTextAreaElement>): 'top' | 'bottom' | undefined {
  const { key, currentTarget, nativeEvent } = event;
  const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  const isSelecting = currentTarget.selectionStart !== currentTarget.selectionEnd;
  if (isModified || isSelecting || nativeEvent.isComposing) return undefined;
  if (key === 'ArrowUp') return 'top';
  return key === 'ArrowDown' ? 'bottom' : undefined;
}
