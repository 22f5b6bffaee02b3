// The baseline of the bench: a WebSocket server that does nothing but send back.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
await once(server, 'listening');
const { port } = server.address() as AddressInfo; // Listening on TCP.
process.stdout.write(`echo on ws://127.0.0.1:${port}\n`);
