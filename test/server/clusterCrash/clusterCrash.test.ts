import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleServer } from '../bundleServer.ts';
import { createRandom } from '../crash/random.ts';
import { whyNoRedis } from '../whyNoRedis.ts';
import { ClusterCrashRun } from './clusterCrashRun.ts';
import { disturbances } from './disturbances.ts';
import { Site } from './site.ts';

// `npm run crash -- --cluster` does many more, of all kinds, and counts what they cost.
describe.skipIf(whyNoRedis)(`two servers on a cluster${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  let directory: string;
  let site: Site;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-cluster-crash-'));
    site = await Site.start(await bundleServer(directory), 'replica');
  }, 60_000);
  afterAll(async () => {
    await site.stop();
    rmSync(directory, { recursive: true });
  }, 60_000);

  test.each(disturbances.slice(0, 3))(
    'what was confirmed is there, in the order of each client: $name',
    async (disturbance) => {
      const seed = Date.now() % 1_000_000;
      const run = new ClusterCrashRun(site, createRandom(seed));
      const { faults, confirmed, lostWrites, lostReads } = await run.round(disturbance);
      expect({ seed, faults, lostWrites }).toEqual({ seed, faults: [], lostWrites: 0 });
      expect(confirmed).toBeGreaterThan(100);
      if (!disturbance.mayLoseReads) expect(lostReads).toBe(0);
    },
    90_000,
  );
});
