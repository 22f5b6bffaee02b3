import { expect, test } from 'vitest';
import { FaultLog } from './faultLog.ts';

test('of many errors one line in ten seconds is logged, with how many there were', () => {
  const lines: string[] = [];
  let nowMs = 0;
  const faults = new FaultLog({ warn: (line) => lines.push(line) }, () => nowMs);
  for (let count = 0; count < 500; count += 1) faults.note(new Error('Connection is closed.'));
  nowMs = 10_000;
  faults.note(new Error('Command timed out'));
  expect(lines).toEqual([
    'A request to Redis has failed: Connection is closed.',
    'A request to Redis has failed: Command timed out; 499 more errors since the line before',
  ]);
});
