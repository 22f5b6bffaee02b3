import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { quote } from '../../protocol/json/jsonText.ts';
import type { SessionSnapshot } from '../store/sessionStore.ts';
import { heading, lastLine, sessionLine } from './saveFormat.ts';

/** In between, other connections have their turn. */
const chunkBytes = 256 * 1024;

/** Writes sessions in the form of `saveFormat.ts`. */
export async function writeSave(
  file: FileHandle,
  sessions: readonly SessionSnapshot[],
): Promise<void> {
  const hash = createHash('sha256');
  for (const bytes of chunksOf(linesOf(sessions))) {
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  await file.writeFile(`${lastLine(hash.digest('hex'))}\n`);
}

function* linesOf(sessions: readonly SessionSnapshot[]): Iterable<string> {
  yield `${heading}\n`;
  for (const { token, keys, values, ...session } of sessions) {
    yield `${sessionLine.write({ ...session, tkn: token, keys: keys.length })}\n`;
    for (const [index, key] of keys.entries()) yield `[${quote(key)},${values[index] ?? 'null'}]\n`;
  }
}

function* chunksOf(lines: Iterable<string>): Iterable<Buffer> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < chunkBytes) continue;
    yield* slicesOf(Buffer.from(text));
    text = '';
  }
  yield Buffer.from(text);
}

/** A single value can be far longer than a chunk. */
function* slicesOf(bytes: Buffer): Iterable<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
  }
}
