import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { elementsOf, kindOf, stringOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { readMadeToken, type Token } from '../../protocol/token.ts';
import { detachText } from '../store/detachText.ts';
import { PartedMap } from '../store/partedMap.ts';
import type { RestoredSession } from '../store/sessionStore.ts';
import { isStorable, maxValueBytes } from '../store/valueLimits.ts';
import { heading, lastLine, lastLineStart, sessionLine, type SessionLine } from './saveFormat.ts';

const newline = 0x0a;

/** The longest value, and a key as long as a message may be. */
const maxLineBytes = maxValueBytes + 4 * 1024 * 1024;

/**
 * Reads a save piece by piece and believes nothing: what is in it counts only when the checksum
 * of the last line is right, and even then each line must be one that a server could have written.
 */
export class SaveReader {
  readonly #sharedToken: (name: string) => Token;
  readonly #hash = createHash('sha256');
  readonly #sessions: RestoredSession[] = [];
  readonly #byToken = new PartedMap<Token, RestoredSession>();
  #current: { keys: Map<string, JsonText>; missing: number } | undefined;
  #lineNumber = 0;
  #isComplete = false;
  /** The beginning of a line whose end has not come yet. */
  #partial: Buffer[] = [];
  #partialBytes = 0;

  /** @param sharedToken The token of the shared session of a name; others are not believed. */
  constructor(sharedToken: (name: string) => Token) {
    this.#sharedToken = sharedToken;
  }

  /** @param chunk May be written to again afterwards. @returns What is wrong, as soon as something is. */
  take(chunk: Buffer): string | undefined {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const part = chunk.subarray(start, end + 1);
      const line = this.#partial.length === 0 ? part : Buffer.concat([...this.#partial, part]);
      this.#partial = [];
      this.#partialBytes = 0;
      this.#lineNumber += 1;
      if (!this.#takeLine(line)) return `line ${this.#lineNumber} is damaged`;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    if (rest.length > 0) this.#partial.push(Buffer.from(rest));
    this.#partialBytes += rest.length;
    return this.#partialBytes > maxLineBytes
      ? `line ${this.#lineNumber + 1} is too long`
      : undefined;
  }

  /** @returns The sessions of the whole save, or undefined when it is cut short. */
  finish(): RestoredSession[] | undefined {
    return this.#isComplete && this.#partialBytes === 0 ? this.#sessions : undefined;
  }

  #takeLine(line: Buffer): boolean {
    if (this.#isComplete || !isUtf8(line)) return false;
    const text = line.toString('utf8', 0, line.length - 1);
    const isLast = text.startsWith(lastLineStart);
    if (!isLast) this.#hash.update(line);
    if (this.#lineNumber === 1) return text === heading;
    if (this.#current && this.#current.missing > 0) return this.#takeKey(text);
    return isLast ? this.#takeLast(text) : this.#takeSession(text);
  }

  #takeLast(text: string): boolean {
    this.#isComplete = text === lastLine(this.#hash.digest('hex'));
    return this.#isComplete;
  }

  #takeSession(text: string): boolean {
    const json = readJson(text);
    const read = json.ok ? sessionLine.read(json.value) : undefined;
    const token = read && readMadeToken(read.tkn);
    if (!token || this.#byToken.has(token) || !this.#isPossible(read, token)) return false;
    const { name, shared, expiry, extension } = read;
    const keys = new Map<string, JsonText>();
    const session = { token, name, shared, expiry, extension, keys };
    this.#sessions.push(session);
    this.#byToken.set(token, session);
    this.#current = { keys, missing: read.keys };
    return true;
  }

  #isPossible({ name, shared, expiry }: SessionLine, token: Token): boolean {
    if (name === '' || expiry?.durationSec === 0) return false;
    return !shared || this.#sharedToken(name) === token;
  }

  #takeKey(text: string): boolean {
    const json = readJson(text);
    if (!json.ok || !this.#current || kindOf(json.value) !== 'array') return false;
    const [key, value, ...more] = elementsOf(json.value);
    if (key === undefined || value === undefined || more.length > 0) return false;
    if (kindOf(key) !== 'string' || !isStorable(value)) return false;
    const { keys } = this.#current;
    // Neither may keep the line alive: the other can be overwritten.
    const name = detachText(stringOf(key));
    if (keys.has(name)) return false;
    keys.set(name, detachText(value));
    this.#current.missing -= 1;
    return true;
  }
}
