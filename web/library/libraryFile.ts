import {
  boolean,
  listOf,
  object,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec/codec.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { readVersioned } from '../ui/storedValue.ts';

const savedMessage = object({
  id: string,
  name: string,
  text: string,
  /** Variables are off. */
  isLiteral: optional(boolean),
  note: string,
  folder: string,
});
const library = object({
  version: unsigned,
  folders: listOf(string),
  messages: listOf(savedMessage),
});

/** Before there were folders and notes. */
const firstLibrary = object({
  version: unsigned,
  messages: listOf(object({ id: string, name: string, text: string })),
});

/** A message kept under a name. `folder` is empty for one that lies in none. */
export type SavedMessage = Decoded<typeof savedMessage>;

/** All kept messages: the order in the list is the order within each folder. */
export interface Library {
  readonly folders: readonly string[];
  readonly messages: readonly SavedMessage[];
}

const version = 2;

/** @returns undefined when the text is no library, or one of a later version. */
export function readLibrary(text: string): Library | undefined {
  // It may be a file that somebody else wrote.
  const json = readJson(text);
  if (!json.ok) return undefined;
  const read = readVersioned(json.value, library, version);
  if (read) return withItsFolders(read);
  const first = readVersioned(json.value, firstLibrary, 1);
  if (!first) return undefined;
  return {
    folders: [],
    messages: first.messages.map((message) => ({ ...message, note: '', folder: '' })),
  };
}

/** The library as the text of a file; {@link readLibrary} gives the same library again. */
export function writeLibrary({ folders, messages }: Library): string {
  return prettyJson(library.write({ version, folders: [...folders], messages: [...messages] }));
}

/** Each folder once, and none that only a message knows of. */
function withItsFolders({ folders, messages }: Library): Library {
  const used = messages.map((message) => message.folder).filter((folder) => folder !== '');
  return { folders: [...new Set([...folders.filter((each) => each !== ''), ...used])], messages };
}
