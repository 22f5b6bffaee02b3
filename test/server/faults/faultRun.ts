import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundleServer } from '../bundleServer.ts';
import { ServerRun } from '../serverRun.ts';
import { TestClient } from '../testServer.ts';
import { Bystander, type Noticed } from './bystander.ts';
import type { Fault, Size } from './faults.ts';

/** What the server process holds. */
interface Figures {
  readonly residentBytes: number;
  readonly descriptors: number;
}

/** What came of a fault. */
export interface Outcome {
  readonly isAlive: boolean;
  /** What a client noticed while nobody did anything, and during the fault. */
  readonly rest: Noticed;
  readonly during: Noticed;
  /** After a collection each; the last ones a while after the fault. */
  readonly before: Figures;
  readonly after: Figures;
  /** Lines of the log about bugs. */
  readonly bugs: readonly string[];
}

/** Of the C library, as in the Dockerfile and the systemd unit: memory of large buffers goes back to the system. */
export const allocatorSettings = { MALLOC_MMAP_THRESHOLD_: '65536' };

/** How much more memory than before may stay. */
const maxGrowth = 1.2;

const settleMs = 10_000;

/** What a run needs of programs. */
export interface Programs {
  readonly server: string;
  readonly bystander: string;
}

/** Builds them below this directory. */
export async function buildPrograms(directory: string): Promise<Programs> {
  const built = (name: string) =>
    bundleServer(path.join(directory, name), `test/server/faults/${name}.ts`);
  return { server: await built('faultServer'), bystander: await built('bystanderWorker') };
}

interface RunOptions {
  readonly programs: Programs;
  readonly flags: readonly string[];
  readonly size: Size;
}

/** A real server, and somebody who asks it all the time. */
export class FaultRun {
  readonly #run: ServerRun;
  readonly #port: number;
  readonly #bystander: Bystander;
  readonly #size: Size;

  private constructor(run: ServerRun, parts: { port: number; bystander: Bystander; size: Size }) {
    this.#run = run;
    this.#port = parts.port;
    this.#bystander = parts.bystander;
    this.#size = parts.size;
  }

  static async start({ programs, flags, size }: RunOptions): Promise<FaultRun> {
    const args = ['--expose-gc', programs.server, '--port', '0', '--log-format', 'text', ...flags];
    const run = new ServerRun(args, allocatorSettings);
    const port = await run.listening();
    await warmUp(port, size);
    const url = `ws://127.0.0.1:${port}`;
    const bystander = await Bystander.start(programs.bystander, { url, pid: run.child.pid });
    return new FaultRun(run, { port, bystander, size });
  }

  /** Measures at rest, lets the fault happen, and waits until the server holds no more than before. */
  async suffer(fault: Fault): Promise<Outcome> {
    const run = this.#run;
    const bystander = this.#bystander;
    const restMs = this.#size === 'full' ? 3_000 : 100;
    await pause(restMs);
    const before = await figuresOf(run);
    await bystander.noticed();
    await pause(restMs);
    const rest = await bystander.noticed();
    const from = run.err.length;
    await fault.commit(this.#port, this.#size);
    const during = await bystander.noticed();
    const after = await settled(run, before, this.#size);
    const bugs = run.err.slice(from).match(/.*(?:failed|fault|Error).*/g) ?? [];
    return { isAlive: await answers(this.#port), rest, during, before, after, bugs };
  }

  async stop(): Promise<void> {
    await this.#bystander.stop();
    this.#run.child.kill('SIGTERM');
    await this.#run.ended;
  }
}

/**
 * Ordinary work for all commands of a busy client: code is compiled, and V8's young generation and
 * the buffers have the size that they have in use.
 */
async function warmUp(port: number, size: Size): Promise<void> {
  const rounds = size === 'full' ? 300 : 10;
  const clients = Array.from({ length: 20 }, async (_, index) => {
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    const tkn = await client.newSession();
    const set = `{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${'v'.repeat(100 * (index + 1))}"}}}`;
    const get = `{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`;
    for (let round = 0; round < rounds; round += 1) {
      for (let sent = 0; sent < 50; sent += 1) client.socket.send(sent % 2 === 0 ? set : get);
      for (let read = 0; read < 50; read += 1) await client.next();
    }
    await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
    client.socket.close();
    await client.closed;
  });
  await Promise.all(clients);
}

/** Asks the process, which collects garbage first. */
async function figuresOf(run: ServerRun): Promise<Figures> {
  const from = run.out.length;
  const said = () => /^Figures (\d+) (\d+)$/m.exec(run.out.slice(from));
  run.child.kill('SIGUSR2');
  while (!said() && run.child.stdout?.readable === true) await once(run.child.stdout, 'data');
  const [, residentBytes, descriptors] = said() ?? [];
  return { residentBytes: Number(residentBytes), descriptors: Number(descriptors) };
}

export function isBack({ before, after }: Pick<Outcome, 'before' | 'after'>): boolean {
  return (
    after.descriptors <= before.descriptors &&
    after.residentBytes <= before.residentBytes * maxGrowth
  );
}

/** The figures when they are back, or when it has taken too long. Memory is only waited for where much was used. */
async function settled(run: ServerRun, before: Figures, size: Size): Promise<Figures> {
  const endMs = performance.now() + settleMs;
  let after = await figuresOf(run);
  const isSettled = () =>
    size === 'full' ? isBack({ before, after }) : after.descriptors <= before.descriptors;
  while (!isSettled() && performance.now() < endMs) {
    await pause(100);
    after = await figuresOf(run);
  }
  return after;
}

async function answers(port: number): Promise<boolean> {
  try {
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    const reply = await client.ask('{"SV_INFO":{}}');
    client.socket.terminate();
    return reply.includes('"st":1,');
  } catch {
    return false;
  }
}
