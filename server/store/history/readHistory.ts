import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyChange, RememberedChange } from '../timeline.ts';
import type { HistoryChunk, Owner } from './historyChunk.ts';
import type { ChangeHead, Gone } from './writtenChange.ts';

interface Source {
  /** Keys of the session as they are now. */
  readonly keys: Gone;
  readonly openedAtMs: number;
  readonly chunkAt: (number: number) => HistoryChunk | undefined;
}

/** A value that is read when somebody asks for it. */
type Value = () => JsonText | undefined;

interface Step {
  readonly key: string;
  readonly before: Value;
  readonly after: Value;
}

const nothing: Value = () => undefined;

/**
 * The changes of a session, the newest first, to be read at once. The value of a key after a change is the value before the
 * next change of the key, or the present one.
 */
export function* readNewestFirst(
  { lastChunk, lastAt, length }: Pick<Owner, 'lastChunk' | 'lastAt' | 'length'>,
  { keys, openedAtMs, chunkAt }: Source,
): Generator<RememberedChange, void> {
  const later = new Map<string, Value>();
  const valueAfter = (key: string) => later.get(key) ?? (() => keys.get(key));
  let [chunkNumber, at] = [lastChunk, lastAt];
  for (let left = length; left > 0; left -= 1) {
    const chunk = chunkAt(chunkNumber);
    if (!chunk) return;
    const head = chunk.readHead(at);
    const steps = stepsAt(chunk, at, valueAfter);
    // What went at once comes first in a change, so it is what was before.
    for (const { key, before } of [...steps].reverse()) later.set(key, before);
    yield changeOf(head, openedAtMs, steps);
    chunkNumber = head.previousChunk;
    at = head.previousAt;
  }
}

function stepsAt(chunk: HistoryChunk, at: number, valueAfter: (key: string) => Value): Step[] {
  const written = chunk.readKeys(at).map(({ key, before = nothing }) => ({
    key,
    before,
    after: valueAfter(key),
  }));
  const gone = chunk.gone.get(at);
  if (!gone) return written;
  const went = Array.from(gone, ([key, value]) => ({ key, before: () => value, after: nothing }));
  return [...went, ...written];
}

function changeOf(head: ChangeHead, openedAtMs: number, steps: readonly Step[]): RememberedChange {
  const { kind, cause, times, deadlineMs, keyCount, isWhole } = head;
  const keys = (): KeyChange[] =>
    steps.map(({ key, before, after }) => ({ key, before: before(), after: after() }));
  const atMs = openedAtMs + head.afterMs;
  return { kind, atMs, cause, times, deadlineMs, keyCount, isWhole, keys };
}
