import type { Token } from '../../../protocol/token.ts';
import type { ReplayedChange } from '../changes.ts';
import type { MemoryStore } from '../memory/memoryStore.ts';
import type { Files } from './files.ts';
import { readData } from './readData.ts';

/** What was changed in memory and is not on disk. */
export interface Undone {
  /** Undefined: it may be every session. */
  readonly tokens: ReadonlySet<Token> | undefined;
  /** Number of the last change on disk. */
  readonly upTo: number;
}

/**
 * Reads sessions as they are on disk.
 * @param into An empty store, which gets these sessions and no others.
 */
export async function readSessions(
  files: Files,
  { tokens, upTo }: Undone,
  into: MemoryStore,
): Promise<void> {
  const apply = (change: ReplayedChange) => {
    const wanted = tokens ? changeOf(change, tokens) : change;
    if (wanted) into.contents.replay(wanted);
  };
  await readData(files, { apply, upTo });
}

/** What a change is for these sessions; undefined: nothing. */
function changeOf(change: ReplayedChange, tokens: ReadonlySet<Token>): ReplayedChange | undefined {
  switch (change.kind) {
    case 'created':
      return { ...change, sessions: [...change.sessions].filter(({ token }) => tokens.has(token)) };
    case 'ended':
      return { ...change, sessions: [...change.sessions].filter(({ token }) => tokens.has(token)) };
    case 'extended':
    case 'touched':
    case 'stored':
    case 'replaced':
    case 'removed':
    case 'cleared':
      return tokens.has(change.session.token) ? change : undefined;
  }
}
