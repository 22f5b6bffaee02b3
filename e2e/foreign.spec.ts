import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { expect, test } from './fixtures.ts';

/** Tries to open a socket. @returns Status of the refusal, and frames that came anyway. */
async function tryToOpen(url: string, headers: Record<string, string>, protocols: string[] = []) {
  const socket = new WebSocket(url, protocols, { headers });
  let frames = 0;
  socket.on('message', () => (frames += 1));
  socket.on('error', () => {});
  const opened = once(socket, 'open').then(() => 101);
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as IncomingMessage).statusCode ?? 0,
  );
  const status = await Promise.race([opened, refused]);
  socket.terminate();
  return { status, frames };
}

test('a page of another origin gets 403 and no frame', async ({ server }) => {
  const origins = ['http://evil.example', 'null', `${server.url}0`, 'http://127.0.0.1'];
  for (const origin of origins) {
    for (const path of ['/', '/inspect']) {
      const result = await tryToOpen(`${server.socketUrl}${path}`, { Origin: origin });
      expect(result, `${origin} on ${path}`).toEqual({ status: 403, frames: 0 });
    }
  }
});

test('a rebound host name gets 403 and no frame, and 421 over HTTP', async ({ server }) => {
  const { port } = new URL(server.url);
  for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`]) {
    const result = await tryToOpen(server.socketUrl, { Host: host });
    expect(result).toEqual({ status: 403, frames: 0 });
    const answer = request(server.url, { headers: { Host: host } }).end();
    const [response] = (await once(answer, 'response')) as [IncomingMessage];
    expect([421, 403]).toContain(response.statusCode);
    response.resume();
  }
});

test('an application without an Origin is welcome on the data socket, not on the inspector', async ({
  server,
}) => {
  expect((await tryToOpen(server.socketUrl, {})).status).toBe(101);
  const { status, frames } = await tryToOpen(`${server.socketUrl}/inspect`, {});
  expect([401, 403]).toContain(status);
  expect(frames).toBe(0);
});

test('the page is served with a policy that runs no foreign or inline script', async ({
  server,
}) => {
  const response = await fetch(server.url);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe-eval');
  expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
});
