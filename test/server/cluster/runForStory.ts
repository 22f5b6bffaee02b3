import { createInterface } from 'node:readline';
import { startRedisCluster } from './redisCluster.ts';

// A cluster for a story in the browser. It says its address; for each line that it reads, the master that has
// the slot of this key is killed. It ends with its input.

const cluster = await startRedisCluster();
process.stdout.write(`${cluster.url}\n`);
for await (const key of createInterface({ input: process.stdin })) {
  const master = await cluster.masterOf(key);
  await master.kill();
  process.stdout.write(`killed ${master.port}\n`);
}
await cluster.stop();
