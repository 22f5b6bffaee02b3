import { Download, FolderPlus, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { downloadText } from '../ui/downloadText.ts';
import { FolderDialog } from './FolderDialog.tsx';
import { texts } from './texts.ts';
import { MessageDetailsDialog } from './MessageDetailsDialog.tsx';
import { NoResults } from './NoResults.tsx';
import { SavedFolder } from './SavedFolder.tsx';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import type { SavedMessage } from './libraryFile.ts';
import type { SavedMessages } from './savedMessages.ts';
import './Library.css';

export interface SavedMessagesPanelProps {
  readonly saved: SavedMessages;
  /** Puts a message into the composer. */
  readonly onInsert: (message: SavedMessage) => void;
  /** Puts a message into the composer and sends it. */
  readonly onSend: (message: SavedMessage) => void;
}

/** What lies open above the panel. */
type Opened =
  | { readonly kind: 'message'; readonly message: SavedMessage }
  | { readonly kind: 'folder'; readonly name: string | undefined };

/** The messages kept by *Save message*, in folders. */
export function SavedMessagesPanel(props: SavedMessagesPanelProps) {
  const { saved } = props;
  const { messages, folders, isStored } = useStore(saved.store);
  const [opened, setOpened] = useState<Opened>();
  const [notice, setNotice] = useState<Done>();
  const isEmpty = messages.length === 0 && folders.length === 0;
  const group = texts.saved;
  const newFolder: Action = {
    label: texts.newFolder,
    group,
    run: () => setOpened({ kind: 'folder', name: undefined }),
  };
  const exportFile: Action = {
    label: texts.exportFile,
    group,
    isEnabled: () => !isEmpty,
    run: () => downloadText('seshdeck-messages.json', saved.exportFile(), 'application/json'),
  };
  useActions(() => ({ 'messages.newFolder': newFolder, 'messages.export': exportFile }));
  const remove = (message: SavedMessage) => {
    setNotice({ text: texts.deleted(message.name), undo: saved.remove(message.id) });
  };
  return (
    <section className="panel" aria-label={texts.saved}>
      <div className="panel-head">
        <h2>{texts.heading}</h2>
        <span className="spring" />
        <ActionButton action={newFolder} icon={<FolderPlus size={15} />} />
        <ImportButton saved={saved} onDone={setNotice} />
        <ActionButton action={exportFile} icon={<Download size={15} />} />
      </div>
      {!isStored && (
        <p className="notice is-warn" role="status">
          {texts.noRoom}
        </p>
      )}
      {notice && <UndoNotice done={notice} onDismiss={() => setNotice(undefined)} />}
      {isEmpty ? (
        <div className="empty">
          <p>
            <strong>{texts.nothingSaved}</strong> {texts.nothingSavedHint}
          </p>
        </div>
      ) : (
        <SavedFolders {...props} onOpen={setOpened} />
      )}
      {opened?.kind === 'message' && (
        <MessageDetailsDialog
          message={opened.message}
          folders={folders}
          onChange={(details) => saved.change(opened.message.id, details)}
          onDelete={() => remove(opened.message)}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened?.kind === 'folder' && (
        <FolderDialog
          name={opened.name}
          saved={saved}
          onDelete={(name) =>
            setNotice({ text: texts.removedFolder(name), undo: saved.removeFolder(name) })
          }
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}

interface SavedFoldersProps extends SavedMessagesPanelProps {
  readonly onOpen: (opened: Opened) => void;
}

/** All folders, or what a search finds in them. */
function SavedFolders({ saved, onInsert, onSend, onOpen }: SavedFoldersProps) {
  const { messages, folders } = useStore(saved.store);
  const [search, setSearch] = useState('');
  const isSearching = search.trim() !== '';
  const found = messages.filter((message) => matches(message, search));
  const inFolder = (folder: string) => found.filter((message) => message.folder === folder);
  const shown = ['', ...folders].filter((folder) => !isSearching || inFolder(folder).length > 0);
  return (
    <>
      <div className="panel-tools">
        <SearchField label={texts.findSaved} search={search} onSearch={setSearch} />
      </div>
      {isSearching && found.length === 0 && <NoResults onShowAll={() => setSearch('')} />}
      <div className="panel-body">
        {shown.map((folder) => (
          <SavedFolder
            key={folder}
            folder={folder}
            messages={inFolder(folder)}
            saved={saved}
            onInsert={onInsert}
            onSend={onSend}
            onEdit={(message) => onOpen({ kind: 'message', message })}
            onEditFolder={() => onOpen({ kind: 'folder', name: folder })}
          />
        ))}
      </div>
    </>
  );
}

function matches({ name, note, text, folder }: SavedMessage, search: string): boolean {
  const needle = foldText(search.trim());
  return [name, note, text, folder].some((each) => holdsFolded(each, needle));
}

interface ImportButtonProps {
  readonly saved: SavedMessages;
  readonly onDone: (done: Done) => void;
}

function ImportButton({ saved, onDone }: ImportButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const importFile: Action = {
    label: texts.importFile,
    group: texts.saved,
    run: () => input.current?.click(),
  };
  useActions(() => ({ 'messages.import': importFile }));
  const read = async (file: File | undefined) => {
    if (!file) return;
    const added = saved.importFile(await file.text());
    if (!added.ok) onDone({ text: added.refusal });
    else onDone({ text: added.value === 0 ? texts.nothingNew : texts.imported(added.value) });
  };
  return (
    <>
      <ActionButton action={importFile} icon={<Upload size={15} />} />
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
