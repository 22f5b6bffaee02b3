import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { quote } from '../../protocol/json/jsonText.ts';
import type { SessionSnapshot } from '../store/sessionStore.ts';
import type { Sessions } from './dataSetStore.ts';
import { heading, lastLine, sessionLine } from './saveFormat.ts';

/** In between, other connections have their turn. */
const chunkBytes = 256 * 1024;

/** Written out to the disk in between, so that the end does not have to wait for everything at once. */
const syncBytes = 32 * 1024 * 1024;

/**
 * Writes sessions in the form of `saveFormat.ts`.
 * @param checkGoesOn Asked before each session and each piece, with all bytes up to its end; throws when
 * the save is to be given up.
 */
export async function writeSave(
  file: FileHandle,
  sessions: Sessions,
  checkGoesOn: (bytes: number) => void = () => undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let text = `${heading}\n`;
  let [written, unsynced] = [0, 0];
  const write = async () => {
    for (const bytes of slicesOf(Buffer.from(text))) {
      written += bytes.length;
      checkGoesOn(written);
      hash.update(bytes);
      await file.writeFile(bytes);
      unsynced += bytes.length;
    }
    text = '';
    if (unsynced < syncBytes) return;
    await file.datasync();
    unsynced = 0;
  };
  for await (const session of sessions) {
    checkGoesOn(written);
    for (const line of linesOf(session)) {
      text += line;
      if (text.length >= chunkBytes) await write();
    }
  }
  await write();
  const last = `${lastLine(hash.digest('hex'))}\n`;
  checkGoesOn(written + last.length);
  await file.writeFile(last);
}

function* linesOf({ token, keys, values, ...session }: SessionSnapshot): Iterable<string> {
  yield `${sessionLine.write({ ...session, tkn: token, keys: keys.length })}\n`;
  for (const [index, key] of keys.entries()) yield `[${quote(key)},${values[index] ?? 'null'}]\n`;
}

/** A single value can be far longer than a chunk. */
function* slicesOf(bytes: Buffer): Iterable<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
  }
}
