import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startProxied, type Proxy } from '../test/client/proxy.ts';

test('the WebSocket of Node itself carries the client as ws does', async () => {
  const { server, proxies } = await startProxied(1, ['--inspect-key-file', 'key']);
  const [proxy] = proxies as [Proxy];
  const actions: Readonly<Record<string, () => void>> = {
    cut: () => proxy.cut(),
    freeze: () => proxy.freeze(),
    freezeReplies: () => proxy.freezeReplies(),
    close: () => server.server.cut({ code: 1012, reason: 'restart' }),
  };
  const program = fileURLToPath(new URL('../test/client/globalSocketRun.ts', import.meta.url));
  // Node 22 has it without the flag.
  const child = fork(program, [proxy.url], {
    execArgv: ['--experimental-websocket', '--no-warnings', '--import', 'tsx'],
  });
  let result: unknown;
  child.on('message', (message) => {
    if (typeof message !== 'string') {
      result = message;
      // It has no way to drop a connection without the other side.
      proxy.cut();
    } else {
      actions[message]?.();
      child.send('done');
    }
  });
  const [code] = (await once(child, 'exit')) as [number];
  await proxy.stop();
  await server.stop();
  expect(code).toBe(0);
  expect(result).toEqual({
    values: {
      otherAddress: true,
      refusal: expect.stringContaining('is ready, and refuses the inspection socket'),
      qty: 2,
      isLong: true,
      count: 5,
      changes: [2],
      afterCut: 5,
      afterClose: 5,
      afterFreeze: { qty: expect.any(Number) },
    },
    failures: ['OutcomeUnknownError disconnected', 'OutcomeUnknownError timeout'],
    ends: ['1006', '1012 restart', '1006 No reply in time'],
    made: 5,
  });
});
