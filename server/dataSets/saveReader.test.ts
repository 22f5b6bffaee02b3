import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import type { SessionSnapshot } from '../store/sessionStore.ts';
import { createTokenSource } from '../store/tokenSource.ts';
import { heading, lastLine } from './saveFormat.ts';
import { SaveReader } from './saveReader.ts';
import { writeSave } from './writeSave.ts';

const tokens = createTokenSource();

const small: SessionSnapshot[] = [
  {
    token: '18446744073709551615' as Token,
    name: 'ä "quoted"\n',
    shared: false,
    expiry: { durationSec: 60, deleteSession: true },
    extension: { onSetAdd: true, onGet: false },
    keys: ['k', '__proto__'],
    values: ['1.50', '{"a":[null]}'].map(asJsonText),
  },
  { token: tokens.sharedToken('s'), name: 's', shared: true, keys: [], values: [] },
];

async function written(sessions: readonly SessionSnapshot[]): Promise<Buffer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  const name = path.join(directory, 'save');
  const file = await open(name, 'wx');
  await writeSave(file, sessions);
  await file.close();
  const bytes = readFileSync(name);
  rmSync(directory, { recursive: true });
  return bytes;
}

/** The sessions, or undefined when it is refused. */
function read(bytes: Buffer, chunkBytes = bytes.length) {
  const reader = new SaveReader((name) => tokens.sharedToken(name));
  // The file is read into one buffer again and again.
  const chunk = Buffer.alloc(chunkBytes);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const length = bytes.copy(chunk, 0, at, at + chunkBytes);
    if (reader.take(chunk.subarray(0, length)) !== undefined) return undefined;
  }
  return reader.finish();
}

/** A save with the right checksum, whatever its lines are. */
function sealed(...lines: string[]): Buffer {
  const text = lines.map((line) => `${line}\n`).join('');
  return Buffer.from(`${text}${lastLine(createHash('sha256').update(text).digest('hex'))}\n`);
}

describe('a small save', () => {
  let bytes: Buffer;

  beforeAll(async () => {
    bytes = await written(small);
  });

  test.each([1, 7, 100_000])('is read back in pieces of %s bytes', (chunkBytes) => {
    const sessions = read(bytes, chunkBytes) ?? [];
    expect(
      sessions.map(({ keys, ...session }) => ({
        ...session,
        keys: [...keys.keys()],
        values: [...keys.values()],
      })),
    ).toEqual(small);
  });

  test('is not loadable when it is cut short, at whatever byte', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(read(bytes.subarray(0, length)), `cut at ${length}`).toBeUndefined();
    }
    expect(read(bytes)?.length).toBe(2);
  });

  test('is not loadable when any bit of any byte has changed, or one is left out', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        expect(read(changed), `bit ${bit} of ${at}`).toBeUndefined();
      }
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      expect(read(shorter), `without ${at}`).toBeUndefined();
    }
  });

  test('is not loadable with anything behind it', () => {
    for (const more of ['\n', ' ', 'x', bytes.toString()]) {
      expect(read(Buffer.concat([bytes, Buffer.from(more)]))).toBeUndefined();
    }
  });
});

describe('a save with the right checksum', () => {
  const session = (more: string) => `{"tkn":"77","name":"a","shared":false${more}}`;

  test('holds what it says', () => {
    expect(read(sealed(heading))).toEqual([]);
    expect(read(sealed(heading, session(',"keys":1'), '["a",1]'))?.length).toBe(1);
  });

  test.each([
    ['another heading', ['{"seshdeck":"data set","version":2}']],
    ['no heading', [session(',"keys":0')]],
    ['garbage', [heading, 'garbage']],
    ['an empty line', [heading, '']],
    ['fewer keys than it says', [heading, session(',"keys":2'), '["a",1]']],
    ['more keys than it says', [heading, session(',"keys":0'), '["a",1]']],
    ['a huge number of keys', [heading, session(',"keys":9007199254740991'), '["a",1]']],
    ['a number of keys beyond all', [heading, session(',"keys":99999999999999999999')]],
    ['a session twice', [heading, session(',"keys":0'), session(',"keys":0')]],
    ['a key twice', [heading, session(',"keys":2'), '["a",1]', '["a",2]']],
    ['a value that is no JSON', [heading, session(',"keys":1'), '["a",01]']],
    ['half a surrogate pair', [heading, session(',"keys":1'), '["a","\\ud800"]']],
    ['a key that is no string', [heading, session(',"keys":1'), '[5,1]']],
    ['a key without value', [heading, session(',"keys":1'), '["a"]']],
    ['a key with two values', [heading, session(',"keys":1'), '["a",1,2]']],
    ['a key that is an object', [heading, session(',"keys":1'), '{"a":1}']],
    [
      'a value too deep',
      [heading, session(',"keys":1'), `["a",${'['.repeat(1023)}${']'.repeat(1023)}]`],
    ],
    ['a value far too deep', [heading, session(',"keys":1'), '['.repeat(100_000)]],
    ['no number of keys', [heading, session('')]],
    [
      'an expiry of 0',
      [heading, session(',"expiry":{"durationSec":0,"deleteSession":true},"keys":0')],
    ],
    ['half an expiry', [heading, session(',"expiry":{"durationSec":1},"keys":0')]],
    [
      'a negative expiry',
      [heading, session(',"expiry":{"durationSec":-1,"deleteSession":true},"keys":0')],
    ],
    ['an empty name', [heading, '{"tkn":"77","name":"","shared":false,"keys":0}']],
    [
      'a shared token that is not its name’s',
      [heading, '{"tkn":"77","name":"a","shared":true,"keys":0}'],
    ],
    ['its last line twice', [heading, lastLine(createHash('sha256').digest('hex'))]],
  ])('but %s is refused', (_, lines) => {
    expect(read(sealed(...lines))).toBeUndefined();
  });

  test.each(['0', '042', '-1', '1.5', '', 'abc', '18446744073709551616', ' 7', '1'.repeat(10_000)])(
    'but the token %j is refused',
    (token) => {
      const line = `{"tkn":"${token}","name":"a","shared":false,"keys":0}`;
      expect(read(sealed(heading, line))).toBeUndefined();
    },
  );

  test('but bytes that are no UTF-8 are refused', () => {
    const text = Buffer.from(`${heading}\n${session(',"keys":1')}\n["a","`);
    const body = Buffer.concat([text, Buffer.from([0xff]), Buffer.from('"]\n')]);
    const seal = lastLine(createHash('sha256').update(body).digest('hex'));
    expect(read(Buffer.concat([body, Buffer.from(`${seal}\n`)]))).toBeUndefined();
  });
});

test('a line without an end is given up before it fills the memory', () => {
  const reader = new SaveReader((name) => tokens.sharedToken(name));
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  let fault: string | undefined;
  let taken = 0;
  while (fault === undefined && taken < 200) {
    fault = reader.take(chunk);
    taken += 1;
  }
  expect([fault, taken]).toEqual(['line 1 is too long', 69]);
});

test('any bytes at all are refused without a throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(read(Buffer.from(bytes))).toBeUndefined();
      expect(read(Buffer.concat([Buffer.from(`${heading}\n`), bytes]))).toBeUndefined();
    }),
  );
});
