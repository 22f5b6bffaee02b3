/** How frameworks with callbacks are answered. */
export type Done<T = void> = (error?: unknown, result?: T) => void;

/** Calls back outside the promise, so that what the application throws there is not taken for a rejection. */
export function settle<T>(promise: Promise<T>, done: Done<T> = () => undefined): void {
  promise.then(
    (result) => queueMicrotask(done.bind(undefined, null, result)),
    (error: unknown) => queueMicrotask(done.bind(undefined, error)),
  );
}
