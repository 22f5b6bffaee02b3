import { createStore, type StoreApi } from 'zustand/vanilla';
import { ok, refused, type Result } from '../../protocol/result.ts';
import type { WrittenMessage } from '../connection/exchange.ts';
import type { HiddenTokens } from '../connection/hiddenTokens.ts';
import type { Variables } from '../connection/variables.ts';
import type { StoredText } from '../ui/stored.ts';
import {
  newOnes,
  placed,
  refoldered,
  stepped,
  withFolder,
  withFolderBack,
} from './arrangeLibrary.ts';
import { readLibrary, writeLibrary, type Library, type SavedMessage } from './libraryFile.ts';
import { messages as say } from './messages.ts';

/** What the panel shows. */
export interface LibraryView extends Library {
  /** false: the browser has no room, and the messages are lost when the page closes. */
  readonly isStored: boolean;
}

/** Most messages kept; more are refused, so that nothing is lost unseen. */
export const maxSaved = 1000;

/** What can be changed about a message besides its text. */
export type Particulars = Pick<SavedMessage, 'name' | 'note' | 'folder'>;

/** Messages a person has kept, in this browser. */
export interface SavedMessages {
  readonly store: StoreApi<LibraryView>;
  /** Keeps a message as it is written; its tokens are not stored. */
  save: (
    message: Particulars & Pick<WrittenMessage, 'text'> & Partial<WrittenMessage>,
    variables: Variables,
  ) => Result<void, string>;
  change: (id: string, particulars: Particulars) => void;
  /** @returns The function that puts it back where it was. */
  remove: (id: string) => () => void;
  /** Puts a message into a folder, before another one or at the end. */
  place: (id: string, to: { readonly folder: string; readonly beforeId?: string }) => void;
  /** One place up or down within its folder. */
  step: (id: string, by: -1 | 1) => void;
  addFolder: (name: string) => void;
  renameFolder: (name: string, newName: string) => void;
  /** Its messages stay, outside of any folder. @returns The function that brings the folder back. */
  removeFolder: (name: string) => () => void;
  exportFile: () => string;
  /** Adds what a file holds beside what is there. @returns How many messages came in. */
  importFile: (text: string) => Result<number, string>;
}

interface SavedMessagesDeps {
  readonly stored: StoredText;
  readonly hidden: HiddenTokens;
  readonly newId: () => string;
}

export function createSavedMessages({ stored, hidden, newId }: SavedMessagesDeps): SavedMessages {
  const fromStored = () => mapTexts(readStored(stored), (text) => hidden.restore(text));
  const toStored = (each: Library) => writeLibrary(mapTexts(each, (text) => hidden.hide(text)));
  const store = createStore<LibraryView>(() => ({ ...fromStored(), isStored: true }));
  const library = store.getState;
  const keep = ({ folders, messages }: Library) => {
    const isStored = stored.write(toStored({ folders, messages }));
    store.setState({ folders, messages, isStored });
  };
  const keepMessages = (messages: readonly SavedMessage[]) => keep({ ...library(), messages });
  return {
    store,
    save: ({ isLiteral, ...message }, variables) => {
      hidden.learn(variables);
      const { folders, messages } = library();
      if (messages.length >= maxSaved) return refused(say.full(maxSaved));
      const kept = { ...message, id: newId(), isLiteral: isLiteral || undefined };
      keep({ messages: [...messages, kept], folders: withFolder(folders, message.folder) });
      return ok(undefined);
    },
    change: (id, particulars) => {
      const { folders, messages } = library();
      keep({
        messages: messages.map((each) => (each.id === id ? { ...each, ...particulars } : each)),
        folders: withFolder(folders, particulars.folder),
      });
    },
    remove: (id) => {
      const at = library().messages.findIndex((each) => each.id === id);
      const removed = library().messages[at];
      keepMessages(library().messages.filter((each) => each.id !== id));
      return () => {
        if (!removed || library().messages.includes(removed)) return;
        keepMessages(library().messages.toSpliced(at, 0, removed));
      };
    },
    place: (id, to) => keep(placed(library(), id, to)),
    step: (id, by) => keep(stepped(library(), id, by)),
    addFolder: (name) => keep({ ...library(), folders: withFolder(library().folders, name) }),
    renameFolder: (name, newName) => keep(refoldered(library(), name, newName)),
    removeFolder: (name) => {
      const before = library();
      keep(refoldered(before, name, ''));
      return () => keep(withFolderBack(library(), before, name));
    },
    exportFile: () => toStored(library()),
    importFile: (text) => {
      const read = readLibrary(text);
      if (!read) return refused(say.notALibrary);
      const { folders, messages } = library();
      const added = newOnes(read.messages, messages, newId);
      if (messages.length + added.length > maxSaved) return refused(say.full(maxSaved));
      keep({
        folders: read.folders.reduce(withFolder, folders),
        messages: [...messages, ...added],
      });
      return ok(added.length);
    },
  };
}

function mapTexts({ folders, messages }: Library, change: (text: string) => string): Library {
  return {
    folders: folders.map(change),
    messages: messages.map((each) => ({
      ...each,
      name: change(each.name),
      text: change(each.text),
      note: change(each.note),
      folder: change(each.folder),
    })),
  };
}

function readStored(stored: StoredText): Library {
  const text = stored.read();
  const read =
    text === undefined || text === '' ? { folders: [], messages: [] } : readLibrary(text);
  if (!read) stored.setAside();
  return read ?? { folders: [], messages: [] };
}
