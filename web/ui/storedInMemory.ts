import type { StoredText } from './stored.ts';

/** A place of its own for one test or for a browser without storage: as `storedText`, in memory. */
export function storedInMemory(text?: string) {
  let kept = text;
  let backup: string | undefined;
  return {
    read: () => kept,
    write: (written: string) => {
      kept = written;
      return true;
    },
    setAside: () => {
      backup = kept;
      kept = undefined;
    },
    backup: () => backup,
  } satisfies StoredText & { backup: () => string | undefined };
}
