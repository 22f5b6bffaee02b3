import { createStore, type StoreApi } from 'zustand/vanilla';
import { object, keyNames, listOf, optional, string } from '../../../protocol/codec/codec.ts';
import { asJsonText, quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { readPath, stepsOfPath } from '../../../protocol/jsonPath/parsePath.ts';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import type { Acts } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import { commandText } from '../commandText.ts';
import type { Steps } from '../edit/jsonParts.ts';

/** A place in the value of a key that a path selects. */
export interface FoundPlace {
  readonly key: string;
  readonly steps: Steps;
}

export interface PathSearch {
  readonly text: string;
  /** What was found for it last; in the order of the session. */
  readonly places: readonly FoundPlace[];
  /** Keys that match, shown or not. */
  readonly keyCount: number;
  readonly isSearching: boolean;
  /** Index of the character from which on the text is no path. */
  readonly faultAt: number | undefined;
  /** Why the server did not search. */
  readonly refusal: string | undefined;
}

/** Keys of whose matches the places are asked for. */
export const maxSearchedKeys = 100;
/** Places that are kept. */
const maxPlaces = 5_000;

const nothing: PathSearch = {
  text: '',
  places: [],
  keyCount: 0,
  isSearching: false,
  faultAt: undefined,
  refusal: undefined,
};

const found = object({ keys: optional(keyNames), paths: optional(listOf(string)) });

/** Keys that were found by their names. */
export interface FoundKeys {
  /** Perhaps only the first of them. */
  readonly keys: readonly string[];
  /** How many there are. */
  readonly total: number;
}

export interface PathFinderParts {
  readonly acts: Pick<Acts, 'run'>;
  readonly sessionId: string;
  /** Keys with a text in their names, in the order of the session; undefined: that is not known. */
  readonly findKeys: (find: string) => Promise<FoundKeys | undefined>;
  /** Of the sessions that the inspection key is for. */
  readonly prefix: () => string;
}

/**
 * Finds what a path selects in the values of a session: the server searches, within its limits. A text that does
 * not begin with `$` is part of the name of a key.
 */
export class PathFinder {
  readonly store: StoreApi<PathSearch> = createStore(() => nothing);
  readonly #parts: PathFinderParts;
  /** Counts up: answers to a question before are left aside. */
  #asked = 0;

  constructor(parts: PathFinderParts) {
    this.#parts = parts;
  }

  /** Looks again for the same: keys have changed. */
  again(): Promise<void> {
    const { text, isSearching } = this.store.getState();
    return text === '' || isSearching ? Promise.resolve() : this.find(text);
  }

  async find(text: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (text.trim() === '') {
      this.store.setState({ ...nothing, text });
      return;
    }
    if (!text.trimStart().startsWith('$')) {
      const found = await this.#parts.findKeys(text.trim());
      if (asked === this.#asked && found) this.#showNames(text, found);
      return;
    }
    const path = text.trim();
    const read = readPath(path);
    if (!read.ok) {
      const faultAt = read.refusal.at + text.indexOf(path);
      this.store.setState({ ...nothing, text, faultAt });
      return;
    }
    const { places, keyCount } =
      text === this.store.getState().text ? this.store.getState() : nothing;
    this.store.setState({ ...nothing, text, places, keyCount, isSearching: true });
    const result = await this.#search(path);
    if (asked === this.#asked) this.store.setState({ ...result, isSearching: false });
  }

  #showNames(text: string, { keys, total }: FoundKeys): void {
    const places = keys.slice(0, maxPlaces).map((key) => ({ key, steps: [] }));
    this.store.setState({ ...nothing, text, places, keyCount: total });
  }

  async #search(path: string): Promise<Pick<PathSearch, 'places' | 'keyCount' | 'refusal'>> {
    const none = { places: [], keyCount: 0 };
    const all = await this.#ask(path, 'keys');
    if (typeof all === 'string') return { ...none, refusal: all };
    const keys = all.keys ?? [];
    const places: FoundPlace[] = [];
    for (const key of keys.slice(0, maxSearchedKeys)) {
      const one = await this.#ask(path, 'paths', key);
      if (typeof one === 'string') return { ...none, refusal: one };
      for (const each of one.paths ?? []) {
        const steps = stepsOfPath(each);
        if (steps && places.length < maxPlaces) places.push({ key, steps });
      }
    }
    return { places, keyCount: keys.length, refusal: undefined };
  }

  /** @returns What was found, or why nothing was. */
  async #ask(path: string, form: 'keys' | 'paths', key?: string) {
    const { acts, sessionId, prefix } = this.#parts;
    const keys: JsonText | undefined = key === undefined ? key : asJsonText(`[${quote(key)}]`);
    const command = commandText('KV_FIND', { path: quote(path), rsp: quote(form), keys });
    const outcome = await acts.run(command, sessionId);
    const fault = faultOf(outcome, prefix());
    if (fault !== undefined) return fault;
    const reply = outcome.state === 'answered' ? outcome.reply : undefined;
    const message = reply === undefined ? undefined : readMessage(reply);
    return (message && found.read(message.body)) ?? {};
  }
}
