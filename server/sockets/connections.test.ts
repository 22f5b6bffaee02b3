import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { silentLog } from '../log.ts';
import { Connections, type Connection } from './connections.ts';
import { defaultLimits } from './limits.ts';
import { SharedState } from './sharedState.ts';

test('a heartbeat of very many connections leaves others their turn, and comes to each once', async () => {
  const clock = new FakeClock();
  const base = { clock, limits: defaultLimits, log: silentLog };
  const connections = new Connections({ ...base, shared: new SharedState(base) });
  const beats: number[] = [];
  const nothing = () => undefined;
  const open = (index: number): Connection => ({
    isUnused: true,
    beat: () => beats.push(index),
    consumeActivity: () => false,
    shut: nothing,
    terminate: nothing,
    kind: 'data',
    address: undefined,
    openedAtMs: 0,
  });
  const count = 1_000;
  for (let index = 0; index < count; index += 1) connections.add(open(index));
  connections.startBeating();
  clock.advance(defaultLimits.heartbeatMs);
  expect(beats.length).toBeLessThan(count / 4);
  while (beats.length < count) await turn();
  await turn();
  expect(beats).toEqual(Array.from({ length: count }, (_, index) => index));
});
