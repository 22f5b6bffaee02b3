const finalBit = 0x80;
const reservedBits = 0x70;
const opcodeBits = 0x0f;
const maskedBit = 0x80;
const maskBytes = 4;
const opcodes = { continuation: 0, text: 1, binary: 2, ping: 9, pong: 10 } as const;
const dataOpcodes: readonly number[] = [opcodes.continuation, opcodes.text, opcodes.binary];
const controlOpcodes: readonly number[] = [opcodes.ping, opcodes.pong];

/** Header bytes with the mask, by the seven bits of the length. */
const headerBytes = (second: number) => {
  const short = second & ~maskedBit;
  if (short < 126) return 2 + maskBytes;
  return (short === 126 ? 4 : 10) + maskBytes;
};

/**
 * Goes along with frames that somebody else reads, to know where they end. Of one that is wrong, or closes
 * the connection, no end is known.
 */
export class FrameFollower {
  /** Bytes of a header that has come in part. */
  #header: number[] = [];
  /** Bytes of the payload that are still to come; undefined: within a header, or before one. */
  #left: number | undefined;
  #isWithinMessage = false;
  #hasGivenUp = false;

  /** Whether a message has begun and more of its frames come. */
  get isWithinMessage(): boolean {
    return this.#isWithinMessage;
  }

  /** Whether a frame has just ended. */
  get isBetweenFrames(): boolean {
    return this.#left === 0 && !this.#hasGivenUp;
  }

  /** From here on all that comes belongs together. */
  giveUp(): void {
    this.#hasGivenUp = true;
  }

  /** @returns Where the frame ends, or the chunk before it. */
  follow(chunk: Buffer, start: number): number {
    if (this.#left === 0) this.#left = undefined;
    let at = start;
    for (; this.#left === undefined && !this.#hasGivenUp && at < chunk.length; at += 1) {
      this.#header.push(chunk[at] ?? 0);
      this.#readHeader();
    }
    if (this.#hasGivenUp || this.#left === undefined) return chunk.length;
    const end = Math.min(at + this.#left, chunk.length);
    this.#left -= end - at;
    return end;
  }

  #readHeader(): void {
    const [first = 0, second = 0] = this.#header;
    if (this.#header.length < 2 || this.#header.length < headerBytes(second)) return;
    if (!this.#isRight(first, second)) {
      this.giveUp();
      return;
    }
    this.#left = lengthIn(this.#header);
    this.#header = [];
    if (controlOpcodes.includes(first & opcodeBits)) return;
    this.#isWithinMessage = (first & finalBit) === 0;
  }

  #isRight(first: number, second: number): boolean {
    const opcode = first & opcodeBits;
    const isKnown = dataOpcodes.includes(opcode) || controlOpcodes.includes(opcode);
    return isKnown && (first & reservedBits) === 0 && (second & maskedBit) !== 0;
  }
}

/** At most 2^53, or more bytes than ever come. */
function lengthIn(header: readonly number[]): number {
  const short = (header[1] ?? 0) & ~maskedBit;
  if (short < 126) return short;
  return header.slice(2, short === 126 ? 4 : 10).reduce((sum, byte) => sum * 256 + byte, 0);
}
