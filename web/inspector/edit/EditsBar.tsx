import { useEffect, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../../ui/action.ts';
import { titleOf } from '../../ui/ActionButton.tsx';
import { Button } from '../../ui/Button.tsx';
import { matchKeys } from '../../ui/keys.ts';
import { UndoNotice } from '../../ui/UndoNotice.tsx';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import { CommandButton } from '../CommandButton.tsx';
import type { Inspector } from '../inspector.ts';
import { texts as sessionTexts } from '../texts.ts';
import type { ShownServer } from '../viewProps.ts';
import { keyTexts, saveKeys } from './editKeys.ts';
import { ifFocusIsLost } from './ifFocusIsLost.ts';
import { editsOf, type EditedSession, type SessionEdits } from './sessionEdits.ts';
import { commandOf, isConflict } from './stagedEdits.ts';
import { texts } from './texts.ts';
import './Edits.css';

interface EditsBarProps {
  readonly inspector: Inspector;
  readonly sessionId: string;
  readonly server: ShownServer;
  readonly onCompose: ((...commands: readonly string[]) => void) | undefined;
  /** The part of the page where {@link saveKeys} save. */
  readonly root: RefObject<HTMLElement | null>;
  /** Whether the changes are shown one by one. */
  readonly isReviewed: boolean;
  readonly onReview: () => void;
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

function Unsaved(props: EditsBarProps & EditedProps) {
  const { inspector, edits, edited, sessionId, server, onCompose, onFocusLost } = props;
  const { isReviewed, onReview } = props;
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
  const saveAction: Action = {
    label: keyTexts.save,
    group: sessionTexts.session,
    keys: saveKeys,
    isKeyElsewhere: true,
    isEnabled: () => count > 0 && !edited.isSaving,
    run: save,
  };
  useActions(() => ({ 'session.save': saveAction }));
  useActionKeys(props.root, saveAction);
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
      <div className="edits-bar" role="group" aria-label={texts.changes}>
        <span role="status" className="edits-count">
          {texts.unsaved(count)}
          {edited.drafts.size > 0 && ` · ${texts.drafts(edited.drafts.size)}`}
          {conflicts.length > 0 && (
            <b className="edits-conflicts"> · {texts.conflicts(conflicts.length)}</b>
          )}
        </span>
        <span className="edits-buttons">
          <Button look="quiet" disabled={count === 0} aria-pressed={isReviewed} onClick={onReview}>
            {texts.review}
          </Button>
          <Button look="quiet" disabled={edited.isSaving} onClick={discard}>
            {texts.discard}
          </Button>
          <CommandButton
            look="primary"
            command={written}
            hint={titleOf(saveAction)}
            onCompose={onCompose && (() => onCompose(...commands))}
            isDisabled={edited.isSaving || count === 0}
            onRun={save}
          >
            {edited.isSaving ? texts.saving : texts.saveNow}
          </CommandButton>
        </span>
      </div>
      {dialog}
    </>
  );
}

/** Runs an action with its keys while the focus is in a part of the page, but not in a dialog of it. */
function useActionKeys(root: RefObject<HTMLElement | null>, action: Action): void {
  useEffect(() => {
    const part = root.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!action.keys || matchKeys(event, action.keys) < 0) return;
      if (event.target instanceof Element && event.target.closest('dialog')) return;
      // Neither a button nor a field that has the focus takes it as Enter.
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat && action.isEnabled?.() !== false) action.run();
    };
    part?.addEventListener('keydown', onKeyDown);
    return () => part?.removeEventListener('keydown', onKeyDown);
  }, [root, action]);
}
