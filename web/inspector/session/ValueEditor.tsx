import { useEffect, useId, useRef, useState } from 'react';
import { kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { Button } from '../../ui/Button.tsx';
import { formatBytes } from '../../ui/format.ts';
import { texts } from './texts.ts';

/** Longer values are not read again with each key. */
const maxEditedLength = 500_000;

interface ValueEditorProps {
  readonly label: string;
  /** The value with the edit of it. */
  readonly json: JsonText;
  /** As it is stored, to compare the types. */
  readonly stored: JsonText | undefined;
  /** What was written before and is no value yet. */
  readonly draft: string | undefined;
  readonly onValue: (json: JsonText) => void;
  readonly onDraft: (text: string | undefined) => void;
  readonly takesFocus: boolean;
  /** Back to where the focus was. Nothing is lost by it. */
  readonly onLeave: () => void;
}

/** Writes a value as JSON text: each text that is a value becomes an edit, which waits to be saved. */
export function ValueEditor(props: ValueEditorProps) {
  const { json, draft, onValue, onDraft } = props;
  const [text, setText] = useState(() => draft ?? prettyJson(json));
  const written = useRef<JsonText>(json);
  const noteId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (props.takesFocus) area.current?.focus();
  }, [props.takesFocus]);
  useEffect(() => {
    // The value is another one for another reason: somebody else, a merge, a discarded edit.
    if (json === written.current) return;
    written.current = json;
    setText(prettyJson(json));
  }, [json]);
  if (json.length > maxEditedLength) {
    return <p className="session-note">{texts.tooLongToEdit(formatBytes(maxEditedLength))}</p>;
  }
  const read = readJson(text);
  const write = (next: string) => {
    setText(next);
    const value = readJson(next);
    if (value.ok) {
      written.current = value.value;
      onValue(value.value);
    }
    onDraft(value.ok ? undefined : next);
  };
  return (
    <div className="value-editor">
      <textarea
        ref={area}
        aria-label={props.label}
        aria-invalid={!read.ok}
        aria-describedby={noteId}
        className="field mono"
        spellCheck={false}
        autoComplete="off"
        translate="no"
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onLeave();
        }}
      />
      <div className="value-note">
        <p id={noteId} role="status" className={read.ok ? 'session-note' : 'session-note is-bad'}>
          {read.ok ? kindNote(props.stored, read.value) : faultNote(text, read.refusal)}
        </p>
        {!read.ok && (
          <Button look="quiet" onClick={() => goTo(area.current, read.refusal.at)}>
            {texts.goToFault}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Puts the cursor at a character, in sight: a text area scrolls to it when it gets the focus. */
function goTo(area: HTMLTextAreaElement | null, at: number): void {
  area?.blur();
  area?.setSelectionRange(at, at);
  area?.focus();
}

function kindNote(stored: JsonText | undefined, json: JsonText): string {
  const before = stored === undefined ? undefined : kindOf(stored);
  const now = kindOf(json);
  return before === undefined || before === now ? '' : texts.otherKind(before, now);
}

function faultNote(
  text: string,
  { at, message }: { readonly at: number; readonly message: string },
): string {
  const before = text.slice(0, at).split('\n');
  return texts.notJson(before.length, (before.at(-1)?.length ?? 0) + 1, message);
}
