import type { StoredText } from './stored.ts';

/** A separate place for one test or for a browser without storage: as `storedText`, in memory. */
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
    follow: () => {},
    backup: () => backup,
  } satisfies StoredText & { backup: () => string | undefined };
}

/** One text that several windows share. They see one another's changes when the test says so. */
export function sharedInMemory(text?: string) {
  let kept = text;
  let hasRoom = true;
  const followers: (() => void)[] = [];
  return {
    window: (): StoredText => ({
      read: () => kept,
      write: (written) => {
        if (hasRoom) kept = written;
        return hasRoom;
      },
      setAside: () => (kept = undefined),
      follow: (onChange) => followers.push(onChange),
    }),
    /** As the browser does a moment after a change. */
    deliver: () => followers.forEach((onChange) => onChange()),
    setRoom: (isThere: boolean) => (hasRoom = isThere),
    write: (written: string | undefined) => (kept = written),
    text: () => kept,
  };
}
