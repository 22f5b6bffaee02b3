import { ok, refused, type Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { RestoredSession } from '../store/sessionStore.ts';
import { openSave } from './saveDirectory.ts';
import { SaveReader } from './saveReader.ts';

/** In between, other connections have their turn. */
const chunkBytes = 64 * 1024;

/**
 * Reads a save. Rejects with the system's error.
 * @param sharedToken The token of the shared session of a name.
 * @param beforeEach Called before each piece of the file; may throw to end it.
 * @returns Its sessions, or what is wrong with it.
 */
export async function readSave(
  file: string,
  sharedToken: (name: string) => Token,
  beforeEach: () => void = () => undefined,
): Promise<Result<RestoredSession[], string>> {
  const handle = await openSave(file);
  try {
    const reader = new SaveReader(sharedToken);
    // One for all: V8 collects all garbage, much of it in one go, with each 64 MB of new buffers.
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) break;
      beforeEach();
      const fault = reader.take(chunk.subarray(0, bytesRead));
      if (fault !== undefined) return refused(fault);
    }
    const sessions = reader.finish();
    return sessions ? ok(sessions) : refused('it is cut short');
  } finally {
    await handle.close();
  }
}
