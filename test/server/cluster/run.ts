import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRedisCluster } from './redisCluster.ts';
import { whyNoRedis } from '../redisServer.ts';

// `npm run cluster`: a Redis cluster and two servers on this machine, until Ctrl+C.

const say = (line: string) => process.stdout.write(`${line}\n`);

if (whyNoRedis !== undefined) {
  say(`npm run cluster ${whyNoRedis}`);
  process.exit(1);
}

const cluster = await startRedisCluster();
say(`Redis on ${cluster.url.replace('redis://', '').replaceAll(',', ', ')}`);

const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
const servers = [1987, 1988].map((port) => startServer(port, cluster.url));

function startServer(port: number, url: string): ChildProcess {
  const args = ['--import', 'tsx', main, '--store', url, '--port', String(port)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}

let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  const running = servers.filter(({ exitCode }) => exitCode === null);
  const exits = running.map((server) => once(server, 'exit'));
  for (const server of running) server.kill('SIGTERM');
  await Promise.all(exits);
  await cluster.stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void stop().then(() => process.exit(0));
  });
}
say('Press Ctrl+C to stop all of it.');
