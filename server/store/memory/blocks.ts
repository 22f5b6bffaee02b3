import { wordMemory, type WordMemory } from '../history/notedKeys.ts';

/** Blocks begin at multiples of so many bytes. */
const unitBytes = 16;

/**
 * Memory of a page: of the first one for blocks of a size, and of the largest, as each is twice as large as the one before. The
 * larger, the fewer objects there are to read for a block of a session at random; what was never used takes no memory.
 */
const [minPageBytes, maxPageBytes] = [4 * 1024, 1024 * 1024];

/** A page has no more; of a block's number so many bits are its place in its page. */
const unitsPerPage = maxPageBytes / unitBytes;
const unitBits = Math.log2(unitsPerPage);

/** The largest block. */
export const maxBlockBytes = 2 * 1024;

const sizes = maxBlockBytes / unitBytes + 1;

/** Memory for blocks of one size. */
interface Page {
  readonly number: number;
  readonly memory: Buffer;
  /** The same, for those who copy many bytes. */
  readonly words: WordMemory;
  /** Of each block. */
  readonly units: number;
  /** Blocks in use. */
  used: number;
  /** Where the blocks begin that were never used. */
  fresh: number;
  /** A block that was freed, and has in it where the next one is; -1: there is none. */
  freed: number;
  /** Its place among those of its size that have room; -1: it has none. */
  place: number;
}

/**
 * Small blocks of memory outside of the JavaScript heap, where they cost the garbage collector nothing. Each is known
 * by a number, never 0, and must be freed. A page without blocks goes back to the system.
 */
export class Blocks {
  readonly #pages: (Page | undefined)[] = [undefined];
  readonly #unusedNumbers: number[] = [];
  /** Pages that have room, by units. */
  readonly #roomy: Page[][] = Array.from({ length: sizes }, () => []);
  /** Memory of a page that was given up last, as sessions may come and go. */
  #spare: Buffer | undefined;
  /** How many pages there are, by units. */
  readonly #counts = new Uint32Array(sizes);

  /** @returns A block with anything in it. */
  allocate(byteLength: number): number {
    const units = Math.ceil(byteLength / unitBytes);
    const page = this.#roomy[units]?.at(-1) ?? this.#addPage(units);
    page.used += 1;
    let unit = page.freed;
    if (unit >= 0) {
      page.freed = page.memory.readInt32LE(unit * unitBytes);
    } else {
      unit = page.fresh;
      page.fresh += units;
    }
    if (page.freed < 0 && !hasFresh(page)) this.#leaveRoomy(page);
    return page.number * unitsPerPage + unit;
  }

  free(block: number): void {
    const page = this.#pageOf(block);
    const unit = block & (unitsPerPage - 1);
    page.memory.writeInt32LE(page.freed, unit * unitBytes);
    page.freed = unit;
    page.used -= 1;
    if (page.place < 0) this.#enterRoomy(page);
    if (page.used > 0 || this.#isSpare(page)) return;
    this.#leaveRoomy(page);
    if (page.memory.length === maxPageBytes) this.#spare = page.memory;
    this.#pages[page.number] = undefined;
    this.#countPage(page.units, -1);
    this.#unusedNumbers.push(page.number);
  }

  /** A small page without blocks stays where it is the only one with room: a block of its size may come again. */
  #isSpare({ units, memory }: Page): boolean {
    return memory.length === minPageBytes && this.#roomy[units]?.length === 1;
  }

  /** Where the block is, from {@link startOf} on. */
  memoryOf(block: number): Buffer {
    return this.#pageOf(block).memory;
  }

  /** As {@link memoryOf}, also as words. */
  wordsOf(block: number): WordMemory {
    return this.#pageOf(block).words;
  }

  /** Blocks in use. */
  get count(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.used ?? 0), 0);
  }

  /** Memory of all pages. */
  get byteLength(): number {
    return this.#pages.reduce((sum, page) => sum + (page?.memory.length ?? 0), 0);
  }

  #pageOf(block: number): Page {
    const page = this.#pages[block >>> unitBits];
    if (!page) throw new Error('A block was used that had been freed');
    return page;
  }

  #addPage(units: number): Page {
    const number = this.#unusedNumbers.pop() ?? this.#pages.length;
    const byteLength = Math.min(minPageBytes * 2 ** (this.#counts[units] ?? 0), maxPageBytes);
    const memory = this.#memoryFor(byteLength);
    this.#countPage(units, 1);
    const words = wordMemory(memory.buffer as ArrayBuffer); // A page has it for itself.
    const page = { number, memory, words, units, used: 0, fresh: 0, freed: -1, place: -1 };
    this.#pages[number] = page;
    this.#enterRoomy(page);
    return page;
  }

  #memoryFor(byteLength: number): Buffer {
    const spare = this.#spare;
    if (byteLength < maxPageBytes || !spare) return Buffer.from(new ArrayBuffer(byteLength));
    this.#spare = undefined;
    return spare;
  }

  #countPage(units: number, by: 1 | -1): void {
    this.#counts[units] = (this.#counts[units] ?? 0) + by;
  }

  #enterRoomy(page: Page): void {
    const pages = this.#roomy[page.units] ?? [];
    page.place = pages.length;
    pages.push(page);
  }

  #leaveRoomy(page: Page): void {
    const pages = this.#roomy[page.units] ?? [];
    const last = pages.pop();
    if (last && last !== page) {
      pages[page.place] = last;
      last.place = page.place;
    }
    page.place = -1;
  }
}

/** Where a block begins in its page. */
export function startOf(block: number): number {
  return (block & (unitsPerPage - 1)) * unitBytes;
}

function hasFresh({ fresh, units, memory }: Page): boolean {
  return (fresh + units) * unitBytes <= memory.length;
}

/** Memory that a block of so many bytes takes. */
export function bytesOfBlock(byteLength: number): number {
  return Math.ceil(byteLength / unitBytes) * unitBytes;
}
