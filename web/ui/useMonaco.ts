import { useEffect, useState, type RefObject } from 'react';
import { loadedMonaco, loadMonaco, type MonacoModule } from './loadMonaco.ts';

/** Where the loading of Monaco stands. */
export type MonacoLoading =
  | { readonly state: 'loading' }
  /** So slow that it is worth a word; it may still come. */
  | { readonly state: 'late' }
  | { readonly state: 'failed'; readonly retry: () => void }
  | { readonly state: 'ready'; readonly module: MonacoModule };

const lateAfterMs = 10_000;

/**
 * Loads Monaco. Ready only when nobody is in the middle of a composed character, which would be
 * torn if the text area went away.
 */
export function useMonaco(isComposing: RefObject<boolean>): MonacoLoading {
  const [loading, setLoading] = useState<MonacoLoading>(() => {
    const module = loadedMonaco();
    return module ? { state: 'ready', module } : { state: 'loading' };
  });
  const [attempt, setAttempt] = useState(1);
  const isReady = loading.state === 'ready';
  useEffect(() => {
    if (isReady) return undefined;
    let isWanted = true;
    let stopWaiting = () => {};
    const late = window.setTimeout(() => setLoading({ state: 'late' }), lateAfterMs);
    loadMonaco().then(
      (module) => {
        window.clearTimeout(late);
        if (!isWanted) return;
        stopWaiting = whenComposed(isComposing, () => setLoading({ state: 'ready', module }));
      },
      () => {
        window.clearTimeout(late);
        if (isWanted) setLoading({ state: 'failed', retry: () => setAttempt(attempt + 1) });
      },
    );
    return () => {
      isWanted = false;
      window.clearTimeout(late);
      stopWaiting();
    };
    // Once an attempt: what becomes of it is followed by the promise, not by the state.
  }, [isReady, isComposing, attempt]);
  return loading;
}

/** Runs now, or when the character at hand is complete. @returns The function that stops waiting. */
function whenComposed(isComposing: RefObject<boolean>, run: () => void): () => void {
  if (!isComposing.current) {
    run();
    return () => {};
  }
  let timer: number | undefined;
  const onEnd = () => {
    // After the input event, which comes before the end in one browser and after it in another.
    timer = window.setTimeout(() => {
      if (isComposing.current) return;
      stop();
      run();
    });
  };
  const stop = () => {
    window.clearTimeout(timer);
    document.removeEventListener('compositionend', onEnd);
  };
  document.addEventListener('compositionend', onEnd);
  return stop;
}
