import { bytesOf, read16, readText, textHead, write16, writeText } from '../entries.ts';
import { Blocks, maxBlockBytes, startOf } from './blocks.ts';

/** Before a text. */
const headBytes = 2;

/** Names of sessions outside of the JavaScript heap, each in a block; 0: an empty name. Long ones are kept elsewhere. */
export class NameBlocks {
  readonly #blocks = new Blocks();

  /** @returns -1: it is too long for a block. */
  add(name: string): number {
    if (name === '') return 0;
    const head = textHead(name);
    if (bytesOf(head) > maxBlockBytes - headBytes) return -1;
    const block = this.#blocks.allocate(headBytes + bytesOf(head));
    const [memory, at] = [this.#blocks.memoryOf(block), startOf(block)];
    write16(memory, at, head);
    writeText(memory, at + headBytes, { text: name, head });
    return block;
  }

  get(block: number): string {
    if (block === 0) return '';
    const [memory, at] = [this.#blocks.memoryOf(block), startOf(block)];
    return readText(memory, at + headBytes, read16(memory, at));
  }

  /** Bytes of its characters. */
  textBytesOf(block: number): number {
    return block === 0 ? 0 : bytesOf(read16(this.#blocks.memoryOf(block), startOf(block)));
  }

  free(block: number): void {
    if (block > 0) this.#blocks.free(block);
  }

  /** Blocks in use. */
  get count(): number {
    return this.#blocks.count;
  }
}
