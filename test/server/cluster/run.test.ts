import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { whyNoRedis } from '../whyNoRedis.ts';
import { ServerRun } from '../serverRun.ts';

const isOpen = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  const opened = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return opened;
};

describe.skipIf(whyNoRedis)(`npm run cluster${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  test('starts six nodes and two servers, and stops all of them', async () => {
    const run = new ServerRun(['--import', 'tsx', 'test/server/cluster/run.ts', '--port', '0'], {});
    const urls = () => [...run.out.matchAll(/ on (http:\S+)$/gm)].map(([, url = '']) => url);
    await vi.waitUntil(() => urls().length === 2, { timeout: 40_000 });
    const ready = await Promise.all(
      urls().map(async (url) => (await fetch(`${url}/readyz`)).text()),
    );
    expect(ready.map((text) => text.split(',')[0])).toEqual(['ready', 'ready']);
    const nodes = /^Redis on (.*)$/m.exec(run.out)?.[1]?.split(', ') ?? [];
    const ports = [...nodes, ...urls()].map((each) => Number(/:(\d+)$/.exec(each)?.[1]));
    expect(await Promise.all(ports.map(isOpen))).toEqual(Array.from({ length: 8 }, () => true));
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(await Promise.all(ports.map(isOpen))).toEqual(Array.from({ length: 8 }, () => false));
  }, 60_000);
});
