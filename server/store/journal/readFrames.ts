import { readFully, type JournalFile } from './files.ts';
import { frameHeadBytes, magicBytes, readFrame, type Frame } from './frame.ts';

/** Read from the disk at a time; a frame may be longer. */
const chunkBytes = 1024 * 1024;

/**
 * Reads the frames of a file one after the other, up to the first that is none.
 * @returns Where the good ones end: the size of the file when all of it is good.
 */
export async function* readFrames(file: JournalFile): AsyncGenerator<Frame, number> {
  const size = await file.size();
  let offset = 0;
  let bytes: Buffer = Buffer.alloc(0);
  while (offset < size) {
    const frame = readFrame(bytes, offset);
    if (frame === undefined) break;
    if (typeof frame === 'number') {
      if (offset + frame > size) break;
      bytes = await readAt(file, offset, Math.max(frame, Math.min(chunkBytes, size - offset)));
      if (bytes.length < frame) break;
      continue;
    }
    yield frame;
    bytes = bytes.subarray(frame.end - offset);
    offset = frame.end;
  }
  return offset;
}

/**
 * Looks behind what is no frame for one that was written when later changes than these were on disk.
 * There is one: what lies before was on disk too and has been damaged. There is none: it is what a crash
 * left of the last writes.
 * @param lastLsn Number of the last change before the bad place.
 */
export function findSyncedFrame(
  file: JournalFile,
  { after, lastLsn }: { readonly after: number; readonly lastLsn: number },
): Promise<Frame | undefined> {
  return findFrame(file, { after, isWanted: ({ syncedLsn }) => syncedLsn > lastLsn });
}

/** Bytes that are no frame. */
export interface BadBytes {
  readonly kind: 'bad';
  readonly offset: number;
  readonly end: number;
}

/** Reads all frames of a file, also behind damage. */
export async function* readAroundDamage(file: JournalFile): AsyncGenerator<Frame | BadBytes> {
  const size = await file.size();
  let offset = 0;
  while (offset < size) {
    let frame = await readFrameAt(file, offset, size);
    if (!frame) {
      frame = await findFrame(file, { after: offset, isWanted: () => true });
      yield { kind: 'bad', offset, end: frame?.offset ?? size };
      if (!frame) return;
    }
    yield frame;
    offset = frame.end;
  }
}

/** The first wanted frame behind a place. */
async function findFrame(
  file: JournalFile,
  { after, isWanted }: { readonly after: number; readonly isWanted: (frame: Frame) => boolean },
): Promise<Frame | undefined> {
  const size = await file.size();
  for (let at = after + 1; at < size;) {
    const bytes = await readAt(file, at, Math.min(chunkBytes, size - at));
    const found = bytes.indexOf(magicBytes);
    if (found === -1) {
      // The start of a frame may be cut off at the end.
      at += Math.max(1, bytes.length - magicBytes.length + 1);
      continue;
    }
    const frame = await readFrameAt(file, at + found, size);
    if (frame && isWanted(frame)) return frame;
    at = frame ? frame.end : at + found + 1;
  }
  return undefined;
}

/** The frame at this place, if there is one. */
async function readFrameAt(
  file: JournalFile,
  offset: number,
  size: number,
): Promise<Frame | undefined> {
  const head = await readAt(file, offset, frameHeadBytes);
  const length = readFrame(head, offset);
  if (typeof length !== 'number') return length;
  if (length === frameHeadBytes || offset + length > size) return undefined;
  const frame = readFrame(await readAt(file, offset, length), offset);
  return typeof frame === 'number' ? undefined : frame;
}

async function readAt(file: JournalFile, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, await readFully(file, bytes, offset));
}
