import type { SetTimer } from '../../protocol/clock.ts';
import type { StoreApi } from 'zustand/vanilla';
import {
  boolean,
  listOf,
  object,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec/codec.ts';
import { isCommandName, type CommandName } from '../../protocol/commands/catalog.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import type { SentEntry, WrittenMessage } from '../connection/page/exchange.ts';
import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { namesUsed } from '../connection/page/substitute.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned, type StoredFormat } from '../ui/storedValue.ts';

const sentMessage = object({
  text: string,
  /** Variables were off. */
  isLiteral: optional(boolean),
  /** Given by a person; empty: the text speaks for itself. */
  name: string,
  /** Unix time in milliseconds. */
  lastSentAtMs: unsigned,
  isPinned: boolean,
});
const history = object({ version: unsigned, sent: listOf(sentMessage) });

/** A message that was sent at least once, as it was written. */
export type SentMessage = Decoded<typeof sentMessage>;

const version = 1;
/** Most messages remembered that are not pinned; the oldest go first. */
export const maxUnpinned = 200;
/** Most pinned ones; beyond it none can be pinned. */
export const maxPinned = 200;
/** A longer message is not remembered: it would crowd out everything else. */
const maxLength = 32_768;
const maxTotalLength = 1_000_000;
/** How long after a message the history is written: sending must not wait for the disk. */
const writeDelayMs = 500;

interface Sent {
  readonly sent: readonly SentMessage[];
}

interface HistoryDeps {
  readonly stored: StoredText;
  readonly hidden: HiddenTokens;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
}

/** What was sent, newest first, each text once and a conversation as one; stored in this browser without tokens. */
export interface History {
  readonly store: StoreApi<Sent>;
  /** Takes a message that went out. */
  remember: (sent: Pick<SentEntry, 'text' | 'written' | 'atMs'>, variables: Variables) => void;
  pin: (text: string, isPinned: boolean) => void;
  rename: (text: string, name: string) => void;
  /** @returns The function that brings it back. */
  forget: (text: string) => () => void;
  /** Removes all that is not pinned. @returns The function that brings it back. */
  clear: () => () => void;
  /** Writes what has not been written yet. */
  flush: () => void;
}

export function createHistory({ stored, hidden, setTimer }: HistoryDeps): History {
  const value = createStoredValue(stored, formatOf(hidden));
  let stopTimer: (() => void) | undefined;
  const flush = () => {
    stopTimer?.();
    stopTimer = undefined;
    value.keep();
  };
  const changeAll = (change: (sent: readonly SentMessage[]) => readonly SentMessage[]) => {
    value.change(({ sent }) => ({ sent: capped(change(sent)) }));
    stopTimer ??= setTimer(flush, writeDelayMs);
  };
  const change = (text: string, changed: Partial<SentMessage>) =>
    changeAll((sent) => sent.map((each) => (each.text === text ? { ...each, ...changed } : each)));
  const removeWhere = (isUnwanted: (message: SentMessage) => boolean) => {
    const removed = value.store.getState().sent.filter(isUnwanted);
    const texts = new Set(removed.map(({ text }) => text));
    // Not what another window has sent or pinned since then.
    changeAll((sent) => sent.filter((each) => !isUnwanted(each) || !texts.has(each.text)));
    return () => changeAll((sent) => broughtBack(sent, removed));
  };
  return {
    store: value.store,
    remember: ({ text: asSent, written = { text: asSent, isLiteral: true }, atMs }, variables) => {
      const { conversation = '', isLiteral } = written;
      const isGroup = conversation !== '' && conversation.length <= maxLength;
      const text = isGroup ? conversation : written.text;
      if (text.length > maxLength) return;
      hidden.learn(variables);
      changeAll((sent) => withSent(sent, { text, isLiteral }, Math.floor(atMs)));
    },
    pin: (text, isPinned) => {
      const pinned = value.store.getState().sent.filter((each) => each.isPinned);
      if (!isPinned || pinned.length < maxPinned) change(text, { isPinned });
    },
    rename: (text, name) => change(text, { name }),
    forget: (text) => removeWhere((each) => each.text === text),
    clear: () => removeWhere((each) => !each.isPinned),
    flush,
  };
}

/** The text goes to the front; one that was sent before keeps its name and pin. */
function withSent(
  sent: readonly SentMessage[],
  { text, isLiteral }: WrittenMessage,
  lastSentAtMs: number,
) {
  const before = sent.find((each) => each.text === text);
  const fresh = {
    ...(before ?? { text, name: '', isPinned: false }),
    // Without variables in it there is nothing to turn off.
    isLiteral: isLiteral && namesUsed(text).length > 0 ? true : undefined,
    lastSentAtMs,
  };
  return [fresh, ...sent.filter((each) => each !== before)];
}

/** What was sent again since then stays as it is now. */
function broughtBack(sent: readonly SentMessage[], removed: readonly SentMessage[]) {
  const texts = new Set(sent.map(({ text }) => text));
  const back = removed.filter(({ text }) => !texts.has(text));
  return [...sent, ...back].toSorted((a, b) => b.lastSentAtMs - a.lastSentAtMs);
}

/** Most commands that count as recent. */
const maxRecent = 4;

/** The commands that were sent last, newest first, each once. */
export function recentCommands({ sent }: Sent): readonly CommandName[] {
  const names = new Set<CommandName>();
  for (const { text } of sent) {
    const name = readMessage(text)?.name ?? '';
    if (isCommandName(name)) names.add(name);
    if (names.size === maxRecent) break;
  }
  return [...names];
}

function capped(sent: readonly SentMessage[]): readonly SentMessage[] {
  let unpinned = 0;
  let length = 0;
  return sent.filter((each) => {
    if (each.isPinned) return true;
    unpinned += 1;
    length += each.text.length;
    return unpinned <= maxUnpinned && length <= maxTotalLength;
  });
}

function mapTexts(message: SentMessage, change: (text: string) => string): SentMessage {
  return { ...message, text: change(message.text), name: change(message.name) };
}

/** Without tokens in the browser, with them in memory. */
function formatOf(hidden: HiddenTokens): StoredFormat<Sent> {
  return {
    write: ({ sent }) => {
      const stored = sent.map((each) => mapTexts(each, (text) => hidden.hide(text)));
      return history.write({ version, sent: stored });
    },
    read: (text) => {
      if (text === '') return { sent: [] };
      const read = readVersioned(text, history, version);
      const restored = read?.sent.map((each) => mapTexts(each, (kept) => hidden.restore(kept)));
      return restored && { sent: capped(restored) };
    },
    empty: { sent: [] },
  };
}
