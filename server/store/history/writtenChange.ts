import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Cause, Change } from '../changes.ts';
import type { NotedKeys } from './notedKeys.ts';

/** Keys that went at once, with their values. */
export type Gone = ReadonlyMap<string, JsonText>;

/** A change to be remembered. */
export interface NewChange {
  readonly kind: Change['kind'];
  /** Milliseconds since the store was opened. */
  readonly afterMs: number;
  readonly cause: Cause | undefined;
  readonly deadlineMs: number | undefined;
  /** All keys that went first. */
  readonly gone: Gone | undefined;
  readonly keyCount: number;
  /** Then these changed, each with its value before; absent: they are not kept. */
  readonly keys: NotedKeys | undefined;
}

/** What is written of a change before its keys. */
export interface ChangeHead {
  readonly kind: Change['kind'];
  readonly afterMs: number;
  readonly cause: Cause | undefined;
  readonly deadlineMs: number | undefined;
  readonly keyCount: number;
  readonly times: number;
  readonly isWhole: boolean;
  /** Number of the chunk with the change before of the same session, and where it is there; 0: there is none. */
  readonly previousChunk: number;
  readonly previousAt: number;
}
