import type { Library, SavedMessage } from './libraryFile.ts';

/** Puts a message into a folder, before another one or at the end. */
export function placed(
  library: Library,
  id: string,
  { folder, beforeId }: { readonly folder: string; readonly beforeId?: string },
): Library {
  const moved = library.messages.find((each) => each.id === id);
  if (!moved || beforeId === id) return library;
  const others = library.messages.filter((each) => each.id !== id);
  const at = others.findIndex((each) => each.id === beforeId);
  const messages = others.toSpliced(at < 0 ? others.length : at, 0, { ...moved, folder });
  return { messages, folders: withFolder(library.folders, folder) };
}

/** Gives a message other fields. */
export function changed(
  { folders, messages }: Library,
  id: string,
  fields: Partial<SavedMessage>,
): Library {
  return {
    messages: messages.map((each) => (each.id === id ? { ...each, ...fields } : each)),
    folders: withFolder(folders, fields.folder ?? ''),
  };
}

/** Moves a message one place up or down within its folder. */
export function stepped({ folders, messages }: Library, id: string, by: -1 | 1): Library {
  const moved = messages.find((each) => each.id === id);
  const siblings = messages.filter((each) => each.folder === moved?.folder);
  const other = siblings[siblings.findIndex((each) => each.id === id) + by];
  if (!moved || !other) return { folders, messages };
  const swapped = (each: SavedMessage) => (each === moved ? other : each === other ? moved : each);
  return { folders, messages: messages.map(swapped) };
}

/** Folders with one more at the end, unless it is there or has no name. */
export function withFolder(folders: readonly string[], folder: string): readonly string[] {
  return folder === '' || folders.includes(folder) ? folders : [...folders, folder];
}

/** Gives a folder another name; two of one name become one. The empty name dissolves it. */
export function refoldered({ folders, messages }: Library, from: string, to: string): Library {
  const renamed = folders.map((each) => (each === from ? to : each)).filter((each) => each !== '');
  return {
    folders: [...new Set(renamed)],
    messages: messages.map((each) => (each.folder === from ? { ...each, folder: to } : each)),
  };
}

/** Undoes that a folder was dissolved: messages that were moved on since stay where they are. */
export function withFolderBack(now: Library, before: Library, folder: string): Library {
  const at = before.folders.indexOf(folder);
  const folders = now.folders.includes(folder) ? now.folders : now.folders.toSpliced(at, 0, folder);
  const ids = new Set(before.messages.filter((each) => each.folder === folder).map(({ id }) => id));
  const isToMove = (each: SavedMessage) => each.folder === '' && ids.has(each.id);
  const messages = now.messages.map((each) => (isToMove(each) ? { ...each, folder } : each));
  return { folders, messages };
}

/**
 * What another library has beside this one: word for word the same counts as there already. Ids never
 * clash.
 */
export function newOnes(
  incoming: readonly SavedMessage[],
  present: readonly SavedMessage[],
  newId: () => string,
): SavedMessage[] {
  const ids = new Set(present.map((each) => each.id));
  const contents = new Set(present.map(contentOf));
  const added = incoming.filter((each) => !contents.has(contentOf(each)));
  return added.map((each) => {
    const id = ids.has(each.id) ? newId() : each.id;
    ids.add(id);
    return { ...each, id };
  });
}

function contentOf({ name, text, isLiteral = false, note, folder }: SavedMessage): string {
  return [folder, name, note, text, `${isLiteral}`]
    .map((part) => `${part.length}:${part}`)
    .join('');
}
