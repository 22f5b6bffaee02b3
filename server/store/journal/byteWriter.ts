const firstBytes = 64 * 1024;

/** A buffer that is cleared keeps its memory up to this size, for what comes next. */
const maxKeptBytes = 4 * 1024 * 1024;

/** From here on a text is written by one call. */
const maxLoopLength = 24;

/** A character of a text is no more in UTF-8. */
const maxCharacterBytes = 3;

/** Bytes of a whole number. */
const maxWholeBytes = 8;

/** Writes numbers and texts into a buffer that grows. */
export class ByteWriter {
  #buffer: Buffer = Buffer.allocUnsafe(firstBytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has been written; valid until something more is written. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    if (this.#buffer.length > maxKeptBytes) this.#buffer = Buffer.allocUnsafe(firstBytes);
  }

  /** Hands over what has been written. What follows goes to other memory. */
  take(): Buffer {
    const taken = this.bytes;
    this.#buffer = Buffer.allocUnsafe(Math.max(firstBytes, taken.length));
    this.#length = 0;
    return taken;
  }

  /** Leaves room, to be filled in later through {@link bytes}. */
  skip(count: number): void {
    this.#reserve(count);
    this.#length += count;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  /** A whole number from 0 to 2^53 − 1: seven bits a byte, the lowest first, the top bit set on all but the last. */
  whole(value: number): void {
    this.#reserve(maxWholeBytes);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#length] = (rest % 0x80) | 0x80;
      this.#length += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#length] = rest;
    this.#length += 1;
  }

  float(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  /** Its length in bytes, then its UTF-8. */
  text(text: string): void {
    if (text.length <= maxLoopLength && this.#shortAscii(text)) return;
    if (this.#unmeasured(text)) return;
    const count = Buffer.byteLength(text);
    this.whole(count);
    this.#reserve(count);
    this.#length += this.#buffer.write(text, this.#length, 'utf8');
  }

  /** Copies a text of less than 128 bytes that was written before. @param from Where its length is. */
  again(from: number): void {
    const count = 1 + (this.#buffer[from] ?? 0);
    this.#reserve(count);
    this.#buffer.copyWithin(this.#length, from, from + count);
    this.#length += count;
  }

  /**
   * Writes a text without measuring it first, which takes half the time. Room for the length is left as if each character
   * were one byte, which is nearly always enough.
   * @returns false: it was not enough, or the buffer may be too small; nothing was written.
   */
  #unmeasured(text: string): boolean {
    const most = maxCharacterBytes * text.length;
    if (this.#length + maxWholeBytes + most > this.#buffer.length) return false;
    const room = bytesOfWhole(text.length);
    const count = this.#buffer.write(text, this.#length + room, most);
    if (bytesOfWhole(count) !== room) return false;
    this.whole(count);
    this.#length += count;
    return true;
  }

  /** Short texts byte by byte: cheaper than measuring and copying them. @returns false: it is not ASCII. */
  #shortAscii(text: string): boolean {
    this.#reserve(1 + text.length);
    const start = this.#length + 1;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return false;
      this.#buffer[start + at] = code;
    }
    this.#buffer[this.#length] = text.length;
    this.#length = start + text.length;
    return true;
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** How many bytes {@link ByteWriter.whole} needs for it. */
function bytesOfWhole(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}
