import { createInterface } from 'node:readline';
import { startRedisCluster } from '../../../client/testing/startRedisCluster.ts';

// A cluster for a story in the browser. It says its address; for each token that it reads, the master that has
// this session is killed. It ends with its input.

const cluster = await startRedisCluster();
process.stdout.write(`${cluster.url}\n`);
for await (const token of createInterface({ input: process.stdin })) {
  const master = await cluster.masterOf(token);
  await master.kill();
  process.stdout.write(`killed ${master.port}\n`);
}
await cluster.close();
