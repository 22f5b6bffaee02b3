const finalBit = 0x80;
const reservedBits = 0x70;
const opcodeBits = 0x0f;
const maskedBit = 0x80;
const maskBytes = 4;
const opcodes = { continuation: 0, text: 1, binary: 2, ping: 9, pong: 10 } as const;
const dataOpcodes: readonly number[] = [opcodes.continuation, opcodes.text, opcodes.binary];
const controlOpcodes: readonly number[] = [opcodes.ping, opcodes.pong];

const short16 = 126;

/** Header bytes with the mask, by the seven bits of the length. */
function headerBytes(second: number): number {
  const short = second & ~maskedBit;
  if (short < short16) return 2 + maskBytes;
  return (short === short16 ? 4 : 10) + maskBytes;
}

/** So many frames are followed at a time: to read them takes some milliseconds. */
export const maxFrames = 2_000;

/**
 * Goes along with frames that somebody else reads, to know where they end. Of one that is wrong, or closes
 * the connection, no end is known.
 */
export class FrameFollower {
  /** Bytes of a header that has come in part. */
  #partOfHeader: number[] = [];
  /** Bytes of the payload that are still to come; undefined: within a header, or before one. */
  #left: number | undefined;
  #isWithinMessage = false;
  /** The frame is a control frame, or the last one of its message. */
  #isEvent = false;
  #hasGivenUp = false;
  #missing = 0;
  #frames = 0;

  /** Messages and control frames that have come to their ends, and that the reader has not found. */
  get missing(): number {
    return this.#missing;
  }

  /** Frames that have come to their ends. */
  get frames(): number {
    return this.#frames;
  }

  /** The reader has found a message or a control frame. */
  noteFound(): void {
    this.#missing -= 1;
  }

  /** From here on all that comes belongs together. */
  giveUp(): void {
    this.#hasGivenUp = true;
  }

  /**
   * Follows frame by frame to the end of the chunk, or of {@link maxFrames}, or to where messages and control frames are complete and
   * `isEnd` says so.
   * @returns Where that is, and up to where they are complete.
   */
  followUntil(chunk: Buffer, start: number, isEnd: (at: number) => boolean) {
    const lastFrame = this.#frames + maxFrames;
    let complete = start;
    let end = start;
    do {
      end = this.#follow(chunk, end);
      if (this.#left === 0 && !this.#hasGivenUp && !this.#isWithinMessage) complete = end;
    } while (end < chunk.length && this.#frames < lastFrame && !(complete === end && isEnd(end)));
    return { complete, end };
  }

  /** @returns Where the frame ends, or the chunk before it. */
  #follow(chunk: Buffer, start: number): number {
    if (this.#left === 0) this.#left = undefined;
    const at = this.#left === undefined ? this.#readHeader(chunk, start) : start;
    if (this.#hasGivenUp || this.#left === undefined) return chunk.length;
    const end = Math.min(at + this.#left, chunk.length);
    this.#left -= end - at;
    if (this.#left > 0) return end;
    this.#frames += 1;
    if (this.#isEvent) this.#missing += 1;
    return end;
  }

  /** @returns Where it ends, or the chunk. */
  #readHeader(chunk: Buffer, start: number): number {
    const part = this.#partOfHeader;
    const end = start + headerBytes(chunk[start + 1] ?? 0);
    if (part.length === 0 && end <= chunk.length) {
      this.#begin(chunk, start);
      return end;
    }
    let at = start;
    for (; at < chunk.length && !isWhole(part); at += 1) part.push(chunk[at] ?? 0);
    if (!isWhole(part)) return at;
    this.#partOfHeader = [];
    this.#begin(part, 0);
    return at;
  }

  /** @param bytes With a whole header there. */
  #begin(bytes: ArrayLike<number>, at: number): void {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    if (!isRight(first, second)) {
      this.giveUp();
      return;
    }
    this.#left = lengthIn(bytes, at);
    const isFinal = (first & finalBit) !== 0;
    const isControl = controlOpcodes.includes(first & opcodeBits);
    if (!isControl) this.#isWithinMessage = !isFinal;
    this.#isEvent = isControl || isFinal;
  }
}

function isWhole(header: readonly number[]): boolean {
  return header.length >= 2 && header.length >= headerBytes(header[1] ?? 0);
}

function isRight(first: number, second: number): boolean {
  const opcode = first & opcodeBits;
  const isKnown = dataOpcodes.includes(opcode) || controlOpcodes.includes(opcode);
  return isKnown && (first & reservedBits) === 0 && (second & maskedBit) !== 0;
}

/** At most 2^53, or more bytes than ever come. */
function lengthIn(bytes: ArrayLike<number>, at: number): number {
  const short = (bytes[at + 1] ?? 0) & ~maskedBit;
  if (short < short16) return short;
  const end = at + (short === short16 ? 4 : 10);
  let length = 0;
  for (let next = at + 2; next < end; next += 1) length = length * 256 + (bytes[next] ?? 0);
  return length;
}
