import { Download, FolderPlus, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { downloadText } from '../ui/downloadText.ts';
import { FolderDialog } from './FolderDialog.tsx';
import { messages as say } from './messages.ts';
import { ParticularsDialog } from './ParticularsDialog.tsx';
import { SavedFolder } from './SavedFolder.tsx';
import type { SavedMessage } from './libraryFile.ts';
import type { SavedMessages } from './savedMessages.ts';
import './Library.css';

export interface SavedMessagesPanelProps {
  readonly saved: SavedMessages;
  /** Puts a message into the composer. */
  readonly onInsert: (message: SavedMessage) => void;
}

/** What lies open above the panel. */
type Opened =
  | { readonly kind: 'message'; readonly message: SavedMessage }
  | { readonly kind: 'folder'; readonly name: string | undefined };

/** The messages kept by *Save message*, in folders. */
export function SavedMessagesPanel({ saved, onInsert }: SavedMessagesPanelProps) {
  const { messages, folders, isStored } = useStore(saved.store);
  const [opened, setOpened] = useState<Opened>();
  const [told, setTold] = useState<Done>();
  const isEmpty = messages.length === 0 && folders.length === 0;
  const remove = (message: SavedMessage) => {
    setTold({ text: say.deleted(message.name), undo: saved.remove(message.id) });
  };
  return (
    <section className="panel" aria-label={say.saved}>
      <div className="panel-head">
        <h2>{say.saved}</h2>
        <span className="spring" />
        <IconButton
          label={say.newFolder}
          icon={<FolderPlus size={15} />}
          onClick={() => setOpened({ kind: 'folder', name: undefined })}
        />
        <ImportButton saved={saved} onTold={setTold} />
        <IconButton
          label={say.exportFile}
          icon={<Download size={15} />}
          disabled={isEmpty}
          onClick={() =>
            downloadText('seshdeck-messages.json', saved.exportFile(), 'application/json')
          }
        />
      </div>
      {!isStored && (
        <p className="notice is-warn" role="status">
          {say.noRoom}
        </p>
      )}
      {told && <UndoNotice done={told} onDismiss={() => setTold(undefined)} />}
      {isEmpty ? (
        <div className="empty">
          <p>
            <strong>{say.nothingSaved}</strong> {say.nothingSavedHint}
          </p>
        </div>
      ) : (
        <div className="panel-body">
          {['', ...folders].map((folder) => (
            <SavedFolder
              key={folder}
              folder={folder}
              messages={messages.filter((message) => message.folder === folder)}
              saved={saved}
              onInsert={onInsert}
              onEdit={(message) => setOpened({ kind: 'message', message })}
              onEditFolder={() => setOpened({ kind: 'folder', name: folder })}
            />
          ))}
        </div>
      )}
      {opened?.kind === 'message' && (
        <ParticularsDialog
          message={opened.message}
          folders={folders}
          onChange={(particulars) => saved.change(opened.message.id, particulars)}
          onDelete={() => remove(opened.message)}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened?.kind === 'folder' && (
        <FolderDialog
          name={opened.name}
          saved={saved}
          onDelete={(name) =>
            setTold({ text: say.removedFolder(name), undo: saved.removeFolder(name) })
          }
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}

interface ImportButtonProps {
  readonly saved: SavedMessages;
  readonly onTold: (done: Done) => void;
}

function ImportButton({ saved, onTold }: ImportButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const added = saved.importFile(await file.text());
    if (!added.ok) onTold({ text: added.refusal });
    else onTold({ text: added.value === 0 ? say.nothingNew : say.imported(added.value) });
  };
  return (
    <>
      <IconButton
        label={say.importFile}
        icon={<Upload size={15} />}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const { files } = event.target;
          void read(files?.[0]).finally(() => {
            // So that choosing the same file again is a change again.
            event.target.value = '';
          });
        }}
      />
    </>
  );
}
