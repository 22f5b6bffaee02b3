import { createStore, type StoreApi } from 'zustand/vanilla';
import { listOf, object, string, unsigned, type Decoded } from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Variables } from '../connection/variables.ts';
import type { StoredText } from '../ui/stored.ts';

const savedMessage = object({ id: string, name: string, text: string });
const saved = object({ version: unsigned, messages: listOf(savedMessage) });

/** A message kept under a name. */
export type SavedMessage = Decoded<typeof savedMessage>;

const version = 1;
/** Most messages kept; the oldest go first. */
const maxSaved = 500;

/** Messages a person has kept, in this browser. */
export interface SavedMessages {
  readonly store: StoreApi<{
    readonly messages: readonly SavedMessage[];
    readonly isStored: boolean;
  }>;
  /** Keeps a message; tokens in it become variables, so that none is written to disk. */
  save: (name: string, text: string, variables: Variables) => void;
  remove: (id: string) => void;
}

export function createSavedMessages(stored: StoredText, newId: () => string): SavedMessages {
  const store = createStore<{ messages: readonly SavedMessage[]; isStored: boolean }>(() => ({
    messages: readSaved(stored.read() ?? ''),
    isStored: true,
  }));
  const keep = (messages: readonly SavedMessage[]) => {
    const isStored = stored.write(saved.write({ version, messages: [...messages] }));
    store.setState({ messages, isStored });
  };
  return {
    store,
    save: (name, text, variables) => {
      const message = { id: newId(), name, text: hideTokens(text, variables) };
      keep([...store.getState().messages, message].slice(-maxSaved));
    },
    remove: (id) => keep(store.getState().messages.filter((message) => message.id !== id)),
  };
}

const literalToken = /("tkn"\s*:\s*)("(?!\{\{)(?:[^"\\]|\\.)*"|\d+)/g;

/** Puts variables in the place of tokens: the known ones by name, any other as `{{tkn}}`. */
function hideTokens(text: string, variables: Variables): string {
  let hidden = text;
  for (const [name, value] of variables) hidden = hidden.replaceAll(`"${value}"`, `"{{${name}}}"`);
  return hidden.replace(literalToken, '$1"{{tkn}}"');
}

function readSaved(text: string): readonly SavedMessage[] {
  const json = readJson(text);
  const read = json.ok ? saved.read(json.value) : undefined;
  return read?.version === version ? read.messages : [];
}
