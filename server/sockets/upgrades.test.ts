import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { Connections } from './connections.ts';
import { defaultLimits } from './limits.ts';
import { SharedState } from './sharedState.ts';
import { createUpgrades } from './upgrades.ts';

/** Upgrades that take a millisecond each, and are refused with 403. */
function upgradesWith({ maxConnections }: { readonly maxConnections: number }) {
  const limits = { ...defaultLimits, maxConnections };
  const base = { clock: systemClock, limits, log: silentLog };
  const shared = new SharedState(base);
  const statuses: number[] = [];
  const upgrade = createUpgrades({
    ...base,
    shared,
    connections: new Connections({ ...base, shared }),
    admit: () => {
      const endMs = performance.now() + 1;
      while (performance.now() < endMs);
      return { refuse: 'foreignHost' };
    },
    addressOf: () => undefined,
    refuse: (_tcp, status) => statuses.push(status),
    maxPayloadBytes: 1,
    onWanted: () => undefined,
    onAccepted: () => undefined,
  });
  const ask = () => upgrade({} as IncomingMessage, new Socket(), Buffer.alloc(0));
  return { statuses, shared, ask };
}

test('handshakes that come together are taken a few in a turn, in later ones', async () => {
  const { statuses, ask } = upgradesWith({ maxConnections: 100 });
  for (let asked = 0; asked < 30; asked += 1) ask();
  const perTurn = [statuses.length];
  while (statuses.length < 30) {
    const before = statuses.length;
    await turn();
    perTurn.push(statuses.length - before);
  }
  expect(perTurn[0]).toBe(0);
  expect(Math.max(...perTurn)).toBeLessThan(15);
});

test('no more handshakes wait than there may be connections', async () => {
  const { statuses, shared, ask } = upgradesWith({ maxConnections: 3 });
  for (let asked = 0; asked < 5; asked += 1) ask();
  expect(statuses).toEqual([503, 503]);
  while (statuses.length < 5) await turn();
  expect(statuses).toEqual([503, 503, 403, 403, 403]);
  expect(shared.refusals.all.get('serverFull')).toBe(2);
});
