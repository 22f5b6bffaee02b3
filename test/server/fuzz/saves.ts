import { createHash } from 'node:crypto';
import { isStorable } from '../../../server/store/valueLimits.ts';
import { SaveReader } from '../../../server/dataSets/saveReader.ts';
import { heading, lastLine } from '../../../server/dataSets/saveFormat.ts';
import { createTokenSource } from '../../../server/store/tokenSource.ts';
import type { Random } from '../crash/random.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, jsonText, mutated, mutatedBytes, pick, several, stringText } from './grammar.ts';

const tokens = createTokenSource();

function session(random: Random): string[] {
  const keys = several(random, 3, () => `[${stringText(random)},${jsonText(random, 2)}]`);
  const isShared = random() < 0.3;
  const tkn = isShared ? tokens.sharedToken('s') : String(1 + below(random, 1e9));
  const expiry =
    random() < 0.5
      ? `,"expiry":{"durationSec":${pick(random, ['60', '0', '-1', '1.0'])},"deleteSession":true}`
      : '';
  const count = random() < 0.9 ? keys.length : below(random, 5);
  return [`{"tkn":"${tkn}","name":"s","shared":${isShared}${expiry},"keys":${count}}`, ...keys];
}

function save(random: Random): Buffer {
  const lines = [heading, ...several(random, 3, () => session(random)).flat()];
  const written = lines
    .map((line) => `${random() < 0.05 ? mutated(random, line) : line}\n`)
    .join('');
  const sum = createHash('sha256').update(written).digest('hex');
  const bytes = Buffer.from(`${written}${lastLine(sum)}\n`);
  return random() < 0.4 ? mutatedBytes(random, bytes) : bytes;
}

function read(bytes: Buffer, chunkBytes: number): string {
  const reader = new SaveReader((name) => tokens.sharedToken(name));
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const fault = reader.take(bytes.subarray(at, at + chunkBytes));
    if (fault !== undefined) return 'refused';
  }
  const sessions = reader.finish();
  if (!sessions) return 'refused';
  for (const { keys } of sessions) {
    for (const value of keys.values()) must(isStorable(value), `Stored ${value}`);
  }
  return JSON.stringify(sessions.map(({ keys, ...rest }) => ({ ...rest, keys: [...keys] })));
}

/** Save files: sessions, or a refusal, in whatever pieces they come. */
export const saves = fuzzPart({
  name: 'saves',
  share: 0.08,
  make: (random) => ({ bytes: save(random), chunkBytes: 1 + below(random, 50) }),
  check: ({ bytes, chunkBytes }) => {
    const whole = read(bytes, Math.max(1, bytes.length));
    must(read(bytes, chunkBytes) === whole, 'In pieces it reads as something else');
    const end = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    const sum = createHash('sha256').update(bytes.subarray(0, end)).digest('hex');
    const isSealed = bytes.subarray(end).toString() === `${lastLine(sum)}\n`;
    must(whole === 'refused' || isSealed, 'Taken without its checksum');
  },
});
