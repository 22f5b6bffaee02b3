// `npm run dev`: the server, restarted when its sources change, and Vite before it. Arguments go to
// the server. One address: Vite's, which hands the sockets and the server's own paths on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import path from 'node:path';
import { requireNode } from './requireNode.mjs';

requireNode();

const { ensureInstalled, orExit, PrepareError, root, print } = await import('./prepare.mjs');

const usualPort = 1987;

await orExit(async () => {
  await ensureInstalled();
  const flags = process.argv.slice(2);
  const port = portIn(flags) ?? (await freePort(usualPort));
  const vite = await startVite(port);
  const server = startServer([...flags, '--port', String(port), ...allowing(vite)]);

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => server.kill('SIGTERM'));
  }
  // The server's own lines name its port; the address to open is the other one.
  server.stdout.once('data', () => print(`open ${urlOf(vite)} (Ctrl+C ends it)`));
  server.stdout.resume();
  await once(server, 'exit');
  // Not vite.close(): it waits for pages that are still open, and has nothing to save.
  process.exit(0);
});

async function startVite(port) {
  process.env.SESHDECK_DEV_PORT = String(port);
  const { createLogger, createServer } = await import('vite');
  const customLogger = createLogger('warn');
  const error = customLogger.error.bind(customLogger);
  // Each restart of the server breaks the sockets to it, which is expected.
  customLogger.error = (text, options) => {
    if (!/proxy (socket )?error/.test(text)) error(text, options);
  };
  const configFile = path.join(root, 'vite.config.ts');
  const vite = await createServer({ configFile, root: path.join(root, 'web'), customLogger });
  return vite.listen();
}

function startServer(flags) {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const args = [tsx, 'watch', '--clear-screen=false', path.join(root, 'server', 'main.ts')];
  // Without stdin: tsx takes a Return there as "restart", and npm's has none in CI.
  return spawn(process.execPath, [...args, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The console's page comes from Vite's address, so the server has to allow this one too. */
function allowing(vite) {
  const { port } = new URL(urlOf(vite));
  return ['127.0.0.1', 'localhost'].flatMap((name) => [
    '--allow-host',
    `${name}:${port}`,
    '--allow-origin',
    `http://${name}:${port}`,
  ]);
}

function urlOf(vite) {
  const [url] = vite.resolvedUrls?.local ?? [];
  if (url === undefined) throw new PrepareError('Vite does not listen on this machine.');
  return url;
}

function portIn(flags) {
  const at = flags.indexOf('--port');
  return at === -1 ? undefined : Number(flags[at + 1]);
}

/** The port asked for, or any free one when another server has it. */
async function freePort(wanted) {
  for (const port of [wanted, 0]) {
    const socket = createSocket();
    try {
      socket.listen(port, '127.0.0.1');
      await once(socket, 'listening');
      return socket.address().port;
    } catch {
      // In use: the next one.
    } finally {
      socket.close();
    }
  }
  throw new PrepareError('No free port was found.');
}
