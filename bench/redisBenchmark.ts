import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A command for the hash of a slot that the tool chooses. */
const commands = {
  KV_SET: ['HSET', 'bench:{tag}', 'key __rand_int__'],
  KV_GET: ['HGET', 'bench:{tag}', 'key __rand_int__'],
} as const;

/** What Redis does of itself, as its own tool measures it: 50 connections with 16 commands each. @returns Commands a second. */
export async function redisRate(
  port: number,
  command: keyof typeof commands,
  { requests, valueBytes }: { readonly requests: number; readonly valueBytes: number },
): Promise<number> {
  const load = ['--cluster', '-c', '50', '-P', '16', '-n', String(requests), '-r', '16', '--csv'];
  const value = command === 'KV_SET' ? ['v'.repeat(valueBytes)] : [];
  const args = ['-p', String(port), ...load, ...commands[command], ...value];
  const { stdout } = await run('redis-benchmark', args, { maxBuffer: 16 * 1024 * 1024 });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const rate = Number(/^"[^"]*","([\d.]+)"/.exec(line)?.[1]);
  if (!(rate > 0)) throw new Error(`redis-benchmark has said: ${stdout}`);
  return rate;
}
