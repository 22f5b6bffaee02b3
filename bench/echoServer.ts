// The yardstick: the least that a server built on the same library can do with a message.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
server.on('listening', () => {
  process.stdout.write(`Echo on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
