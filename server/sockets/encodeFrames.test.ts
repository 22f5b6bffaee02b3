import { expect, test } from 'vitest';
import { encodeFrames, encodePongs } from './encodeFrames.ts';

/** Reads frames as RFC 6455 has them, for texts of final, unmasked frames only. */
function readFrames(frames: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < frames.length;) {
    expect(frames[at]).toBe(0x81);
    const short = frames[at + 1] ?? 0;
    at += 2;
    let size = short;
    if (short === 126) size = frames.readUInt16BE(at);
    if (short === 127) size = Number(frames.readBigUInt64BE(at));
    at += short === 126 ? 2 : short === 127 ? 8 : 0;
    texts.push(frames.toString('utf8', at, at + size));
    at += size;
  }
  return texts;
}

test('every length of text is framed as it should be, many in one buffer', () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000];
  const texts = lengths.map((length) => 'a'.repeat(length));
  texts.push('€'.repeat(41), '€'.repeat(42), '🙂'.repeat(40));
  expect(readFrames(encodeFrames(texts))).toEqual(texts);
});

test.each([0, 1, 41, 42, 62, 63, 124, 125, 126, 127])(
  'a text of %i characters is framed alone as it is among others',
  (length) => {
    for (const character of ['a', 'ÿ', '€', '\ud800']) {
      const text = character.repeat(length);
      const alone = Buffer.from(encodeFrames([text]));
      expect(readFrames(alone)).toEqual([Buffer.from(text).toString()]);
      expect(encodeFrames([text, ''])).toEqual(Buffer.concat([alone, Buffer.from([0x81, 0])]));
    }
  },
);

test('pings are answered with what they had with them, any byte of it', () => {
  const pings = ['', 'p', '\u0000\u00ff', 'x'.repeat(125)];
  const pongs = pings.map((ping) =>
    Buffer.concat([Buffer.from([0x8a, ping.length]), Buffer.from(ping, 'latin1')]),
  );
  expect(encodePongs(pings).equals(Buffer.concat(pongs))).toBe(true);
});
