import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import { quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import { statusesOf } from '../../../protocol/wire/reply.ts';
import { actsOf, type ActOutcome, type Acts } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import type { Inspector } from '../inspector.ts';
import { mergeJson } from './mergeJson.ts';
import {
  commandOf,
  isDone,
  withEdit,
  withoutEdit,
  type LiveKey,
  type StagedEdit,
  type StagedEdits,
} from './stagedEdits.ts';
import { texts } from './texts.ts';

/** What a person has written about one session. */
export interface EditedSession {
  readonly edits: StagedEdits;
  /** Texts that are no values yet, by the id of the row that they are about. */
  readonly drafts: ReadonlyMap<string, string>;
  readonly isSaving: boolean;
  /** Saved, but the list of keys does not show it yet. */
  readonly arriving: StagedEdits;
  /** What the last save changed, to take it back; in the order of the commands. */
  readonly saved: readonly StagedEdit[];
  /** Keys that were not taken back, as somebody has changed them since. */
  readonly changedSince: readonly string[];
}

const untouched: EditedSession = {
  edits: new Map(),
  drafts: new Map(),
  isSaving: false,
  arriving: new Map(),
  saved: [],
  changedSince: [],
};

interface EditsView {
  readonly sessions: ReadonlyMap<string, EditedSession>;
}

/** Commands that are on their way at a time. */
const batchSize = 100;

/** The list of keys shows a change much sooner. Later it is not waited for: somebody has taken the change back. */
const arrivalMs = 1_000;

/** Bytes of a request of the inspection socket beside four times the largest message. */
const spareBytes = 60_000;

/**
 * Edits of sessions that wait to be saved. They outlive a lost connection and the choice of another session:
 * only a save or the person ends them.
 */
export class SessionEdits {
  readonly store: StoreApi<EditsView> = createStore<EditsView>(() => ({ sessions: new Map() }));
  readonly #inspector: Inspector;
  readonly #acts: Acts;
  /** The listed keys of the watched session, by their names. */
  #listed: readonly KeyEntry[] = [];
  #entries: ReadonlyMap<string, KeyEntry> = new Map();

  constructor(inspector: Inspector) {
    this.#inspector = inspector;
    this.#acts = actsOf(inspector);
    inspector.store.subscribe(({ watched, keysVersion }, before) => {
      if (!watched || keysVersion === before.keysVersion) return;
      this.#dropArriving(watched.id, ({ key, base }) => this.#entry(key)?.value !== base);
      this.#dropDone(watched.id);
    });
  }

  /** Whether something that a person wrote would be lost with the page. */
  get hasUnsaved(): boolean {
    const sessions = [...this.store.getState().sessions.values()];
    return sessions.some(({ edits, drafts }) => edits.size + drafts.size > 0);
  }

  of(id: string): EditedSession {
    return this.store.getState().sessions.get(id) ?? untouched;
  }

  /** @returns undefined for a session that is not watched, and while its keys are on their way. */
  live(id: string, key: string): LiveKey | undefined {
    const { watched } = this.#inspector.store.getState();
    if (watched?.id !== id || watched.isGone || !watched.areKeysKnown) return undefined;
    const saved = this.of(id).arriving.get(key);
    if (saved) return { isThere: saved.value !== undefined, value: saved.value };
    const entry = this.#entry(key);
    if (entry) return { isThere: true, value: entry.value };
    const areAllListed = this.#inspector.keys().length >= watched.totalKeys;
    return areAllListed ? { isThere: false, value: undefined } : undefined;
  }

  #entry(key: string): KeyEntry | undefined {
    const listed = this.#inspector.keys();
    if (this.#listed !== listed) {
      this.#listed = listed;
      this.#entries = new Map(listed.map((entry) => [entry.key, entry]));
    }
    return this.#entries.get(key);
  }

  /** What a key holds with the edit of it; undefined: nothing, or it is not loaded. */
  valueOf(id: string, key: string): JsonText | undefined {
    const edit = this.of(id).edits.get(key);
    return edit ? edit.value : this.live(id, key)?.value;
  }

  /**
   * Stages what `to` makes of the value of a key.
   * @returns Whether it made something of it.
   */
  change(id: string, key: string, to: (value: JsonText) => JsonText | undefined): boolean {
    const value = this.valueOf(id, key);
    const changed = value === undefined ? undefined : to(value);
    if (changed !== undefined) this.stage(id, key, changed);
    return changed !== undefined;
  }

  /** @param value Undefined: the key is to be removed. */
  stage(id: string, key: string, value: JsonText | undefined): void {
    const base = this.live(id, key)?.value;
    this.#change(id, ({ edits }) => ({ edits: withEdit(edits, { key, base, value }) }));
  }

  /** Stages the value that another session has. Whether the key is listed makes no difference. */
  take(id: string, edit: Pick<StagedEdit, 'key' | 'base' | 'value'>): void {
    this.#change(id, ({ edits }) => ({ edits: withEdit(edits, edit) }));
  }

  /** The value moves to another key: it is added there, and then removed here. */
  rename(id: string, key: string, to: string): void {
    const value = this.valueOf(id, key);
    if (value === undefined || to === key) return;
    this.stage(id, to, value);
    this.stage(id, key, undefined);
  }

  discard(id: string, key: string): void {
    this.#change(id, ({ edits }) => ({ edits: withoutEdit(edits, key) }));
  }

  discardAll(id: string): void {
    this.#change(id, () => ({ edits: new Map(), drafts: new Map() }));
  }

  /** @param text Undefined: it is a value now, or not wanted any more. */
  draft(id: string, rowId: string, text: string | undefined): void {
    const { drafts } = this.of(id);
    if (drafts.get(rowId) === text) return;
    const next = new Map(drafts);
    if (text === undefined) next.delete(rowId);
    else next.set(rowId, text);
    this.#change(id, () => ({ drafts: next }));
  }

  /** Ends a conflict: my value counts from now on, theirs, or both together. */
  resolve(id: string, key: string, how: 'mine' | 'theirs' | 'merged'): void {
    const edit = this.of(id).edits.get(key);
    const live = this.live(id, key);
    // A long value is loaded first.
    if (!edit || !live || (live.isThere && live.value === undefined)) return;
    const { value: theirs } = live;
    const { base, value: mine } = edit;
    const value = how === 'merged' ? mergeJson({ base, mine, theirs }).value : mine;
    this.#change(id, ({ edits }) => {
      const others = withoutEdit(edits, key);
      if (how === 'theirs') return { edits: others };
      return { edits: withEdit(others, { key, base: theirs, value }) };
    });
  }

  /** Sends all edits. Those that were not taken stay, with the reason. */
  async save(id: string): Promise<void> {
    if (this.of(id).isSaving) return;
    await this.#apply(id, [...this.of(id).edits.values()], 'save');
  }

  /** Sends the opposite of what was saved last, the last first. */
  async undo(id: string): Promise<void> {
    const { saved, isSaving } = this.of(id);
    if (isSaving) return;
    const inverse = saved.map(({ key, base, value }) => ({ key, base: value, value: base }));
    this.#change(id, () => ({ saved: [], changedSince: [] }));
    await this.#apply(id, inverse.toReversed(), 'undo');
  }

  forgetSaved(id: string): void {
    this.#change(id, () => ({ saved: [], changedSince: [] }));
  }

  /** Drops what is there already: a save whose answer was lost, or somebody else wanted the same. */
  #dropDone(id: string): void {
    const { edits, isSaving } = this.of(id);
    if (isSaving) return;
    for (const edit of edits.values()) {
      if (isDone(edit, this.live(id, edit.key))) this.discard(id, edit.key);
    }
  }

  #awaitArrival(id: string, saved: readonly StagedEdit[]): void {
    const added = saved.map((edit): [string, StagedEdit] => [edit.key, edit]);
    this.#change(id, ({ arriving }) => ({ arriving: new Map([...arriving, ...added]) }));
    const drop = () => this.#dropArriving(id, (edit) => saved.includes(edit));
    window.setTimeout(drop, arrivalMs);
  }

  #dropArriving(id: string, isOver: (edit: StagedEdit) => boolean): void {
    const { arriving } = this.of(id);
    const left = [...arriving].filter(([, edit]) => !isOver(edit));
    if (left.length < arriving.size) this.#change(id, () => ({ arriving: new Map(left) }));
  }

  async #apply(id: string, edits: readonly StagedEdit[], what: 'save' | 'undo'): Promise<void> {
    this.#change(id, () => ({ isSaving: true }));
    const done: StagedEdit[] = [];
    for (let at = 0; at < edits.length; at += batchSize) {
      const batch = edits.slice(at, at + batchSize);
      const outcomes = await Promise.all(batch.map((edit) => this.#send(id, edit)));
      const taken = batch.filter((_edit, index) => outcomes[index] === undefined);
      done.push(...taken);
      this.#awaitArrival(id, taken);
      batch.forEach((edit, index) => this.#settle(id, edit, outcomes[index]));
    }
    const failed = edits.filter((edit) => !done.includes(edit)).map(({ key }) => key);
    this.#change(id, () => ({
      isSaving: false,
      saved: what === 'save' ? done : [],
      changedSince: what === 'undo' ? failed : [],
    }));
  }

  /** @returns Why it was not taken. */
  async #send(id: string, edit: StagedEdit): Promise<string | undefined> {
    const { server, rights } = this.#inspector.store.getState();
    const command = commandOf(edit);
    const maxBytes = 4 * (server?.maxPayloadBytes ?? 0) + spareBytes;
    const bytes = new TextEncoder().encode(quote(command)).length;
    if (server && bytes > maxBytes) return texts.tooLarge;
    const outcome = await this.#acts.run(command, id);
    return isChanged(outcome) ? texts.conflict : faultOf(outcome, rights.prefix);
  }

  #settle(id: string, edit: StagedEdit, fault: string | undefined): void {
    this.#change(id, ({ edits }) => {
      const staged = edits.get(edit.key);
      // What was written while it was on its way stays, on top of what is saved now.
      const isNewer = staged !== undefined && staged.value !== edit.value;
      if (fault !== undefined) {
        return { edits: new Map(edits).set(edit.key, { ...(isNewer ? staged : edit), fault }) };
      }
      if (!isNewer) return { edits: withoutEdit(edits, edit.key) };
      return { edits: new Map(edits).set(edit.key, { ...staged, base: edit.value }) };
    });
  }

  #change(id: string, change: (now: EditedSession) => Partial<EditedSession>): void {
    const now = this.of(id);
    const next = { ...now, ...change(now) };
    const sessions = new Map(this.store.getState().sessions);
    if (isUntouched(next)) sessions.delete(id);
    else sessions.set(id, next);
    this.store.setState({ sessions });
  }
}

function isUntouched({ isSaving, saved, changedSince, ...left }: EditedSession): boolean {
  const { edits, drafts, arriving } = left;
  const count = edits.size + drafts.size + arriving.size + saved.length + changedSince.length;
  return count === 0 && !isSaving;
}

/** Whether the key did not hold any more what was expected. */
function isChanged(outcome: ActOutcome): boolean {
  if (outcome.state !== 'answered' || outcome.reply === undefined) return false;
  const message = readMessage(outcome.reply);
  return message !== undefined && statusesOf(message).includes('ValueChanged');
}

const known = new WeakMap<Inspector, SessionEdits>();

/** Those of an inspector, for as long as it is there. */
export function editsOf(inspector: Inspector): SessionEdits {
  const found = known.get(inspector);
  if (found) return found;
  const edits = new SessionEdits(inspector);
  known.set(inspector, edits);
  window.addEventListener('beforeunload', (event) => {
    if (edits.hasUnsaved) event.preventDefault();
  });
  return edits;
}
