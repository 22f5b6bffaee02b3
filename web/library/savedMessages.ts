import { createStore, type StoreApi } from 'zustand/vanilla';
import { ok, refused, type Result } from '../../protocol/result.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { StoredText } from '../ui/stored.ts';
import {
  changed,
  newOnes,
  placed,
  refoldered,
  stepped,
  withFolder,
  withFolderBack,
} from './arrangeLibrary.ts';
import { createStoredValue } from '../ui/storedValue.ts';
import { readLibrary, writeLibrary, type Library, type SavedMessage } from './libraryFile.ts';
import { texts } from './texts.ts';

/** What the panel shows. */
export interface LibraryView extends Library {
  /** false: the browser has no room, and the messages are lost when the page closes. */
  readonly isStored: boolean;
}

/** Most messages kept; more are refused, so that nothing is lost unseen. */
export const maxSaved = 1000;

/** What can be changed about a message besides its text. */
export type MessageDetails = Pick<SavedMessage, 'name' | 'note' | 'folder'>;

/** What is saved again of a message; its note stays. */
type Resaved = WrittenMessage & Pick<MessageDetails, 'name' | 'folder'>;

/** Messages a person has kept, in this browser. */
export interface SavedMessages {
  readonly store: StoreApi<LibraryView>;
  /** Keeps a message as it is written; its tokens are not stored. @returns Its id. */
  save: (
    message: MessageDetails & Pick<WrittenMessage, 'text'> & Partial<WrittenMessage>,
    variables: Variables,
  ) => Result<string, string>;
  change: (id: string, details: MessageDetails) => void;
  /** Saves a kept message again. @returns The function that brings the one before back. */
  update: (id: string, message: Resaved, variables: Variables) => () => void;
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
  const { store, now, keep, toStored } = keepLibrary(stored, hidden);
  const keepMessages = (change: (messages: readonly SavedMessage[]) => readonly SavedMessage[]) =>
    keep((library) => ({ ...library, messages: change(library.messages) }));
  return {
    store,
    save: ({ isLiteral, ...message }, variables) => {
      hidden.learn(variables);
      if (now().messages.length >= maxSaved) return refused(texts.full(maxSaved));
      const kept = { ...message, id: newId(), isLiteral: isLiteral || undefined };
      keep(({ folders, messages }) => ({
        messages: [...messages, kept],
        folders: withFolder(folders, message.folder),
      }));
      return ok(kept.id);
    },
    change: (id, details) => keep((library) => changed(library, id, details)),
    update: (id, { isLiteral, ...message }, variables) => {
      hidden.learn(variables);
      const before = now().messages.find((each) => each.id === id);
      const fields = { ...message, isLiteral: isLiteral || undefined };
      keep((library) => changed(library, id, fields));
      return () => before && keep((library) => changed(library, id, before));
    },
    remove: (id) => {
      const at = now().messages.findIndex((each) => each.id === id);
      const removed = now().messages[at];
      keepMessages((messages) => messages.filter((each) => each.id !== id));
      return () => removed && keepMessages((messages) => putBack(messages, removed, at));
    },
    place: (id, to) => keep((library) => placed(library, id, to)),
    step: (id, by) => keep((library) => stepped(library, id, by)),
    addFolder: (name) =>
      keep(({ folders, messages }) => ({ messages, folders: withFolder(folders, name) })),
    renameFolder: (name, newName) => keep((library) => refoldered(library, name, newName)),
    removeFolder: (name) => {
      const before = now();
      keep((library) => refoldered(library, name, ''));
      return () => keep((library) => withFolderBack(library, before, name));
    },
    exportFile: () => toStored(now()),
    importFile: (text) => {
      const read = readLibrary(text);
      if (!read) return refused(texts.notALibrary);
      const { messages: before } = now();
      const added = newOnes(read.messages, before, newId);
      if (before.length + added.length > maxSaved) return refused(texts.full(maxSaved));
      keep(({ folders, messages }) => ({
        folders: read.folders.reduce(withFolder, folders),
        messages: [...messages, ...added],
      }));
      return ok(added.length);
    },
  };
}

function putBack(messages: readonly SavedMessage[], removed: SavedMessage, at: number) {
  const isThere = messages.some(({ id }) => id === removed.id);
  return isThere ? messages : messages.toSpliced(at, 0, removed);
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

/** The library in the browser, without tokens, and what the panel shows of it. */
function keepLibrary(stored: StoredText, hidden: HiddenTokens) {
  const empty: Library = { folders: [], messages: [] };
  const toStored = (library: Library) =>
    writeLibrary(mapTexts(library, (text) => hidden.hide(text)));
  const value = createStoredValue<Library>(stored, {
    read: (text) => {
      const read = text === '' ? empty : readLibrary(text);
      return read && mapTexts(read, (kept) => hidden.restore(kept));
    },
    write: toStored,
    empty,
  });
  const store = createStore<LibraryView>(() => ({ ...value.store.getState(), isStored: true }));
  value.store.subscribe((library) => store.setState(library));
  const keep = (change: (library: Library) => Library) => {
    value.change(change);
    store.setState({ isStored: value.keep() });
  };
  return { store, now: value.store.getState, keep, toStored };
}
