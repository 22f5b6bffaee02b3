import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { UndoNotice } from '../../ui/UndoNotice.tsx';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import { CommandButton } from '../CommandButton.tsx';
import type { Inspector } from '../inspector.ts';
import type { ShownServer } from '../viewProps.ts';
import { EditReview } from './EditReview.tsx';
import { editsOf, type EditedSession, type SessionEdits } from './sessionEdits.ts';
import { commandOf, isConflict } from './stagedEdits.ts';
import { texts } from './texts.ts';
import './Edits.css';

interface EditsBarProps {
  readonly inspector: Inspector;
  readonly sessionId: string;
  readonly server: ShownServer;
  readonly onCompose: ((...commands: readonly string[]) => void) | undefined;
  /** Shows a key in the tree. */
  readonly onShowKey: (key: string) => void;
  /** The button that was pressed is gone, and the focus with it. */
  readonly onFocusLost: () => void;
}

/** What waits to be saved, and what the last save changed. Nothing is there while there is nothing. */
export function EditsBar(props: EditsBarProps) {
  const { inspector, sessionId } = props;
  const edits = editsOf(inspector);
  const edited = useStore(edits.store, () => edits.of(sessionId));
  const others = useStore(
    edits.store,
    ({ sessions }) =>
      [...sessions].filter(([id, { edits: own }]) => id !== sessionId && own.size > 0).length,
  );
  return (
    <div className="edits">
      <SavedNotice {...props} {...{ edits, edited }} />
      {edited.edits.size + edited.drafts.size > 0 && <Unsaved {...props} {...{ edits, edited }} />}
      {others > 0 && <p className="session-note edits-elsewhere">{texts.editsElsewhere(others)}</p>}
    </div>
  );
}

interface EditedProps {
  readonly edits: SessionEdits;
  readonly edited: EditedSession;
}

/** The last save, and the way back. */
function SavedNotice({ edits, edited, sessionId, onFocusLost }: EditsBarProps & EditedProps) {
  const { saved, changedSince, isSaving } = edited;
  if (isSaving || saved.length + changedSince.length === 0) return null;
  const names = changedSince.map((key) => shortName(visibleName(key))).join(', ');
  const done =
    changedSince.length > 0
      ? { text: texts.notUndone(names) }
      : {
          text: texts.saved(saved.length),
          undo: () => void edits.undo(sessionId).then(() => ifFocusIsLost(onFocusLost)),
        };
  return <UndoNotice done={done} onDismiss={() => edits.forgetSaved(sessionId)} />;
}

/** Looks when the page shows what was done. */
function ifFocusIsLost(run: () => void): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) run();
  });
}

function Unsaved(props: EditsBarProps & EditedProps) {
  const { inspector, edits, edited, sessionId, server, onCompose, onFocusLost } = props;
  const [isReviewed, setReviewed] = useState(false);
  const { confirm, dialog } = useConfirm(server);
  useStore(inspector.store, ({ keysVersion }) => keysVersion);
  const list = [...edited.edits.values()];
  const conflicts = list.filter((edit) => isConflict(edit, edits.live(sessionId, edit.key)));
  const count = list.length;
  const commands = list.map(commandOf);
  const written = commands.join('\n');
  const save = () =>
    confirm({
      reach: 'key',
      title: texts.saveTitle(count),
      text: texts.saveText,
      command: written.slice(0, 500),
      count,
      action: texts.save(count),
      run: () => void edits.save(sessionId).then(() => ifFocusIsLost(onFocusLost)),
    });
  const discard = () =>
    confirm({
      reach: 'session',
      title: texts.discardTitle(count + edited.drafts.size),
      text: texts.discardText,
      count,
      action: texts.discardAll,
      run: () => {
        edits.discardAll(sessionId);
        ifFocusIsLost(onFocusLost);
      },
    });
  return (
    <>
      {isReviewed && <EditReview {...props} />}
      <div className="edits-bar" role="group" aria-label={texts.changes}>
        <span role="status" className="edits-count">
          {texts.unsaved(count)}
          {edited.drafts.size > 0 && ` · ${texts.drafts(edited.drafts.size)}`}
          {conflicts.length > 0 && (
            <b className="edits-conflicts"> · {texts.conflicts(conflicts.length)}</b>
          )}
        </span>
        <span className="spring" />
        <Button look="quiet" aria-expanded={isReviewed} onClick={() => setReviewed(!isReviewed)}>
          {isReviewed ? texts.hideReview : texts.review}
        </Button>
        <Button look="quiet" disabled={edited.isSaving} onClick={discard}>
          {texts.discard}
        </Button>
        <CommandButton
          look="primary"
          command={written}
          onCompose={onCompose && (() => onCompose(...commands))}
          isDisabled={edited.isSaving || count === 0}
          onRun={save}
        >
          {edited.isSaving ? texts.saving : texts.saveNow}
        </CommandButton>
      </div>
      {dialog}
    </>
  );
}
