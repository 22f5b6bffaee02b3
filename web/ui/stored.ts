/** Where a small piece of state outlives the page. Never for tokens or replies. */
export interface StoredText {
  read: () => string | undefined;
  /** @returns false when the browser has no room or does not allow it. */
  write: (text: string) => boolean;
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
  };
}
