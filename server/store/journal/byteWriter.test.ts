import { expect, test } from 'vitest';
import { ByteReader } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';

const lengths = [0, 1, 24, 25, 42, 43, 63, 64, 65, 127, 128, 5_461, 5_462, 16_383, 16_384, 70_000];
/** Of one to four bytes, the last two as two characters and as half of one. */
const characters = ['a', 'é', '中', '😀', '\ud800'];
/** Bytes that are left in the memory of a new writer; undefined: all. */
const rooms = [undefined, 0, 8, 40, 136, 3 * 128 + 8];
const firstBytes = 64 * 1024;

test('a text of any length and characters is its length and its UTF-8, wherever it is written', () => {
  const texts = lengths.flatMap((length) =>
    characters.flatMap((each) => [each.repeat(length), `${'a'.repeat(length)}${each}`]),
  );
  for (const room of rooms) {
    for (const text of texts) {
      const writer = new ByteWriter();
      const start = room === undefined ? 0 : firstBytes - room;
      for (let at = 0; at < start; at += 8) writer.float(0);
      writer.text(text);
      writer.byte(7);
      const bytes = writer.bytes.subarray(start);
      const utf8 = Buffer.from(text);
      const reader = new ByteReader(bytes);
      expect(reader.whole()).toBe(utf8.length);
      expect(bytes.subarray(-1 - utf8.length).equals(Buffer.concat([utf8, Buffer.of(7)]))).toBe(
        true,
      );
    }
  }
});
