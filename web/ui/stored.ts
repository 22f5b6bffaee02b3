/** Where a small piece of state outlives the page. Never for tokens or replies. */
export interface StoredText {
  read: () => string | undefined;
  /** @returns false when the browser has no room or does not allow it. */
  write: (text: string) => boolean;
  /** Moves what cannot be understood out of the way, to a backup that a person can still get at. */
  setAside: () => void;
}

/** A named place in the browser's local storage; works as "nothing stored" where that is blocked. */
export function storedText(name: string): StoredText {
  const key = `seshdeck.${name}`;
  return {
    read: () => {
      try {
        return localStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write: (text) => {
      try {
        localStorage.setItem(key, text);
        return true;
      } catch {
        return false;
      }
    },
    setAside: () => {
      try {
        const text = localStorage.getItem(key);
        if (text !== null) localStorage.setItem(`${key}.backup`, text);
        localStorage.removeItem(key);
      } catch {
        // No room for a backup, or storage is blocked: the original stays where it is.
      }
    },
  };
}
