import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useActions, type Action } from '../ui/action.ts';
import { Button } from '../ui/Button.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { actionTexts } from './actionTexts.ts';
import type { Draft, DraftView } from './draft.ts';
import { SaveMessageDialog } from './SaveMessageDialog.tsx';
import type { SavedDetails, Saving } from './saving.ts';
import { texts } from './texts.ts';

const savedOf = ({ text, isLiteral, savedId, recall }: DraftView) => ({
  text,
  isLiteral,
  savedId,
  recall,
});

/** Keeps the message of a draft. Once it has a name, Ctrl+S saves it again. */
export function useSaveMessage(draft: Draft, saving: Saving) {
  const { text, isLiteral, savedId, recall } = useStore(draft.store, useShallow(savedOf));
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<Done & { readonly at: string }>();
  // A message of the history that is only looked at is not the saved one.
  const id = recall.state === 'shown' ? undefined : savedId;
  const saved = id === undefined ? undefined : saving.find(id);
  const update = (details: SavedDetails) => {
    if (id === undefined) return undefined;
    const undo = saving.update(id, details, { text, isLiteral });
    setDone({ text: texts.updated(details.name), undo, at: text });
    return undefined;
  };
  const saveMessage: Action = {
    label: texts.saveMessage,
    group: actionTexts.group,
    keys: { codes: ['KeyS'], name: 'S', mod: true },
    isEnabled: () => text.trim() !== '',
    run: () => {
      if (saved) update(saved);
      else setAsking(true);
    },
  };
  useActions(() => ({ 'composer.saveMessage': saveMessage }));
  return {
    saved,
    isAsking,
    isDisabled: text.trim() === '',
    ask: () => setAsking(true),
    close: () => setAsking(false),
    update,
    /** @returns Why it was not kept, if it was not. */
    save: (details: SavedDetails) => {
      const kept = saving.save(details, { text, isLiteral });
      if (!kept.ok) return kept.refusal;
      draft.savedAs(kept.value);
      return undefined;
    },
    done: done?.at === text ? done : undefined,
    dismiss: () => setDone(undefined),
  };
}

interface SaveMessageButtonProps {
  readonly draft: Draft;
  readonly saving: Saving;
  readonly savingMessage: ReturnType<typeof useSaveMessage>;
}

/** Keeps the message of the editor under a name. */
export function SaveMessageButton({ draft, saving, savingMessage }: SaveMessageButtonProps) {
  return (
    <>
      <Button
        look="quiet"
        title={texts.saveMessage}
        disabled={savingMessage.isDisabled}
        onClick={savingMessage.ask}
      >
        <Bookmark size={14} aria-hidden />{' '}
        <span className="composer-button-label">{texts.saveMessage}</span>
      </Button>
      {savingMessage.isAsking && (
        <SaveMessageDialog
          text={draft.store.getState().text}
          folders={saving.folders}
          {...savingMessage}
        />
      )}
    </>
  );
}

/** Says that a saved message was changed, until the text changes. */
export function SavedNotice({ done, dismiss }: ReturnType<typeof useSaveMessage>) {
  return done && <UndoNotice done={done} onDismiss={dismiss} />;
}
