/** For tests: lets a request wait until the test says so. */
export function gate(): {
  readonly open: () => void;
  /** Settles when the request waits. */
  readonly isReached: Promise<void>;
  /** What the request waits for. */
  readonly pass: () => Promise<void>;
} {
  let open: () => void = () => undefined;
  let reached: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const pass = () => {
    reached();
    return opened;
  };
  return { open, isReached, pass };
}
