// The least that keeps a connection open: `ws` as its manual shows it, or a socket alone. `node idleServer.mjs ws|net`
import { createServer } from 'node:net';
import { WebSocketServer } from 'ws';

const where = { host: '127.0.0.1', port: 0 };

function ofWs() {
  const server = new WebSocketServer({ ...where, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', () => undefined);
  });
  return server;
}

function ofNet() {
  const server = createServer((socket) => {
    socket.on('data', () => undefined);
  });
  return server.listen(where);
}

const server = process.argv[2] === 'ws' ? ofWs() : ofNet();
server.on('listening', () => {
  process.stdout.write(`Idle on http://127.0.0.1:${server.address().port}\n`);
});
