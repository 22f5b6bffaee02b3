import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startRedisCluster } from '../../../client/testing/startRedisCluster.ts';
import { whyNoRedis } from '../whyNoRedis.ts';

// `npm run cluster`: a Redis cluster and two servers on this machine, until Ctrl+C. `-- --port 0`: on free ports.

const { values } = parseArgs({ options: { port: { type: 'string', default: '1987' } } });
const port = Number(values.port);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (whyNoRedis !== undefined) {
  say(`npm run cluster ${whyNoRedis}`);
  process.exit(1);
}

const cluster = await startRedisCluster();
say(`Redis on ${cluster.url.replace('redis://', '').replaceAll(',', ', ')}`);

const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
let ending: Promise<void> | undefined;
const servers = [port, port && port + 1].map((each) => startServer(each, cluster.url));

function startServer(at: number, url: string): ChildProcess {
  const args = ['--import', 'tsx', main, '--store', url, '--port', String(at)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  // It has said why.
  server.once('exit', () => end(1));
  return server;
}

async function stop(): Promise<void> {
  const running = servers.filter(({ exitCode }) => exitCode === null);
  const exits = running.map((server) => once(server, 'exit'));
  for (const server of running) server.kill('SIGTERM');
  await Promise.all(exits);
  await cluster.close();
}

/** @param code With which it exits, unless it is ending already. */
function end(code: number): void {
  ending ??= stop().then(() => process.exit(code));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0));
say('Press Ctrl+C to stop all of it.');
