import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loadClient } from './loadClient.ts';

test('methods of strings are found as fast with the Redis client as without', async () => {
  setFlagsFromString('--allow-natives-syntax');
  const isFast = runInThisContext('() => %HasFastProperties(String.prototype)') as () => boolean;
  await import('ioredis');
  await loadClient();
  expect(isFast()).toBe(true);
});
