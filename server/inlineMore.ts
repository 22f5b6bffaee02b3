import { setFlagsFromString } from 'node:v8';

/** Bytecode that V8 may put in line into one function, in all. Its own bound is 920. */
const maxInlinedBytes = 5_000;

/**
 * Lets V8 put more functions in line: a command goes through very many small ones, more than its bound has room for.
 * To be called before the first command, as functions compiled before stay as they are.
 */
export function inlineMore(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${maxInlinedBytes}`);
}
