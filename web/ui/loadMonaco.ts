import type * as monacoModule from './monaco.ts';

/** All of Monaco that an editor needs. */
export type MonacoModule = typeof monacoModule;

let loading: Promise<MonacoModule> | undefined;
let loaded: MonacoModule | undefined;

/** Monaco, if it has been loaded before. */
export function loadedMonaco(): MonacoModule | undefined {
  return loaded;
}

/**
 * Loads Monaco and starts its language worker, once for all editors.
 * @returns Rejected when one of them cannot be had; the next call then tries again.
 */
export function loadMonaco(): Promise<MonacoModule> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<MonacoModule> {
  const module = await import('./monaco.ts');
  await module.startLanguageWorker();
  loaded = module;
  return module;
}
