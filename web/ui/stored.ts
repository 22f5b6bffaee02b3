import { createStore, type StoreApi } from 'zustand/vanilla';

/** Where a small piece of state outlives the page. Never for tokens or replies. */
export interface StoredText {
  read: () => string | undefined;
  /** @returns false when the browser has no room or does not allow it. */
  write: (text: string) => boolean;
  /** Moves what cannot be understood out of the way, to a backup that a person can still get at. */
  setAside: () => void;
  /** Calls back when another window has written or removed it. */
  follow: (onChange: () => void) => void;
}

/** What a person should know about what the browser keeps. */
export type StorageNotice =
  /** A change could not be kept. Reported once. */
  | { readonly kind: 'full' }
  /** The text of this name was set aside; it can be had under the name `backup`. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly backup: string };

/** The browser's storage areas; reading one may throw where storage is blocked. */
export interface StorageAreas {
  /** Shared by all windows, outlives them. */
  readonly lasting: () => Storage;
  /** Of one window; outlives its reloads. */
  readonly window: () => Storage;
  /** Where the browser reports changes by other windows: `storage` events. */
  readonly events: Pick<EventTarget, 'addEventListener'>;
}

/** All that the page keeps in the browser, under one prefix. */
export interface PageStorage {
  readonly store: StoreApi<{ readonly notices: readonly StorageNotice[] }>;
  /** A named text, shared by all windows. */
  text: (name: string) => StoredText;
  /**
   * A named text of this window alone. It is kept in the lasting area as well, where a new window
   * finds what the last one to write had; windows that are open never read each other's.
   */
  windowText: (name: string) => StoredText;
  /** Names of all backups: `settings.backup`, `settings.backup 2`. */
  backups: () => readonly string[];
  /** The text of a backup. */
  backup: (name: string) => string | undefined;
  dismiss: (notice: StorageNotice) => void;
  /** Removes everything, backups included; from then on nothing is written any more. */
  clearAll: () => void;
}

type Area = () => Storage;

const prefix = 'seshdeck.';
const backupSuffix = '.backup';
/** Backups of one name. Beyond them an unreadable text stays in its place, and is not written over. */
export const maxBackups = 5;

/** Works as "nothing stored" where storage is blocked. */
export function createStorage({ lasting, window, events }: StorageAreas): PageStorage {
  const store = createStore<{ notices: readonly StorageNotice[] }>(() => ({ notices: [] }));
  /** Texts that no backup could be made of: they are not written over. */
  const locked = new Set<string>();
  let wasFull = false;
  let isCleared = false;
  const notify = (notice: StorageNotice) => {
    if (notice.kind === 'full' && wasFull) return;
    wasFull ||= notice.kind === 'full';
    store.setState(({ notices }) => ({ notices: [...notices, notice] }));
  };

  const textIn = (areas: readonly Area[], name: string): StoredText => ({
    read: () => areas.map((area) => readItem(area, name)).find((text) => text !== undefined),
    write: (text) => {
      if (isCleared) return true;
      const isKept = !locked.has(name) && areas.every((area) => writeItem(area, name, text));
      if (!isKept) notify({ kind: 'full' });
      return isKept;
    },
    setAside: () => {
      const holder = areas.find((area) => readItem(area, name) !== undefined);
      if (!holder) return;
      const backup = moveToBackup(holder, lasting, name);
      if (backup === undefined) locked.add(name);
      notify({ kind: 'unreadable', name, backup: backup ?? name });
    },
    // Lasts as long as the page, like all that is stored.
    follow: (onChange) =>
      events.addEventListener('storage', (event) => {
        const { key } = event as StorageEvent;
        if (key === null || key === prefix + name) onChange();
      }),
  });

  return {
    store,
    text: (name) => textIn([lasting], name),
    windowText: (name) => textIn([window, lasting], name),
    backups: () =>
      namesIn(lasting)
        .filter((name) => name.includes(backupSuffix))
        .toSorted(),
    backup: (name) => readItem(lasting, name) ?? readItem(window, name),
    dismiss: (dismissed) =>
      store.setState(({ notices }) => ({
        notices: notices.filter((notice) => notice !== dismissed),
      })),
    clearAll: () => {
      isCleared = true;
      for (const area of [lasting, window]) {
        for (const name of namesIn(area)) removeItem(area, name);
      }
    },
  };
}

/**
 * Never over another backup. The original goes first: there may be no room for both.
 * @returns The backup's name; undefined when there is no room for one.
 */
function moveToBackup(holder: Area, lasting: Area, name: string): string | undefined {
  const text = readItem(holder, name) ?? '';
  const backup = Array.from({ length: maxBackups }, (_, at) =>
    at === 0 ? name + backupSuffix : `${name}${backupSuffix} ${at + 1}`,
  ).find((each) => [undefined, text].includes(readItem(lasting, each)));
  if (backup === undefined) return undefined;
  removeItem(holder, name);
  if (writeItem(lasting, backup, text)) return backup;
  writeItem(holder, name, text);
  return undefined;
}

function readItem(area: Area, name: string): string | undefined {
  try {
    return area().getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeItem(area: Area, name: string, text: string): boolean {
  try {
    area().setItem(prefix + name, text);
    return true;
  } catch {
    return false;
  }
}

function removeItem(area: Area, name: string): void {
  try {
    area().removeItem(prefix + name);
  } catch {
    // Storage is blocked: there is nothing to remove.
  }
}

/** Names of all our texts in an area, backups included. */
function namesIn(area: Area): string[] {
  try {
    const storage = area();
    const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
    return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}

/** That of this page. */
export function pageStorage(): PageStorage {
  return createStorage({
    lasting: () => localStorage,
    window: () => sessionStorage,
    events: window,
  });
}
