import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { figuresOf, type Row } from './rows.ts';
import { emptyProcessMs, startServer } from './serverProcess.ts';
import { measureStall } from './stall.ts';

const starts = paced(31, 11);

/** From the start of a process to its first line, and an empty process to its end. */
export async function measureStart(bundle: string): Promise<Row> {
  const duel = {
    ours: async () => {
      const server = await startServer([bundle, '--memory', '--port', '0']);
      await server.stop();
      return server.startMs;
    },
    plain: emptyProcessMs,
  };
  const [pairs = []] = await measureDuels([duel], starts);
  return {
    what: 'start to listening',
    unit: 'ms',
    ...figuresOf(pairs, (ms) => ms),
    plainIs: 'node -e 0',
    goal: { of: 'ratio', atMost: 1.5 },
  };
}

export async function measureStalls(bundle: string): Promise<Row> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const { busyMs, idleMs } = await measureStall(server.port);
  await server.stop();
  const what = 'longest stall of another connection during the costliest path';
  return { what, unit: 'ms', ours: busyMs, plain: idleMs, plainIs: 'with no path at work' };
}
