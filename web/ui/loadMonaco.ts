import { late } from './late.tsx';
import type * as monacoModule from './monaco.ts';

/** All of Monaco that an editor needs. */
export type MonacoModule = typeof monacoModule;

let loaded: MonacoModule | undefined;

/** Monaco, if it has been loaded before. */
export function loadedMonaco(): MonacoModule | undefined {
  return loaded;
}

/** Loads Monaco and starts its language worker, once for all editors. */
export const loadMonaco = late(async (): Promise<MonacoModule> => {
  const module = await import('./monaco.ts');
  await module.startLanguageWorker();
  loaded = module;
  return module;
});
