import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { expect, test, vi } from 'vitest';

test('a server does not outlive the process that started it', async () => {
  const place = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const main = new URL('../../../server/main.ts', import.meta.url).pathname;
  const code = `const { ServerProcess } = await import(${place('serverProcess.ts')});
    const args = [${JSON.stringify(main)}, '--memory', '--port', '0'];
    const file = '--import=tsx';
    console.log(await new ServerProcess({ file, args, env: {} }).listening());`;
  const starter = spawn(execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
  const [printed] = (await once(starter.stdout, 'data')) as [Buffer];
  const url = `${printed.toString().trim().replace('ws', 'http')}/healthz`;
  expect((await fetch(url)).status).toBe(200);
  starter.kill('SIGKILL');
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow('fetch failed'), 10_000);
});
