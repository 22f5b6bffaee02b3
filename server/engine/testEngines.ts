import type { ServerDeps } from '../createServer.ts';
import { MemoryEngine } from './memoryEngine.ts';
import { delayingEngine } from './testDelayingEngine.ts';

/** Every kind of engine that a server's tests should pass with. */
export const engines: [name: string, deps: Pick<ServerDeps, 'createEngine'>][] = [
  ['the memory engine', {}],
  [
    'an engine that answers later',
    { createEngine: (parts) => delayingEngine(new MemoryEngine(parts)) },
  ],
];
