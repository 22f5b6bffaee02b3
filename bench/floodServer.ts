// Floods each client: `ws://…/?rate=10000&seconds=30`, one frame a message, from the first
// message on. A `KV_GET` is answered by a value of 5 MB. Over HTTP it serves a page that takes a flood and does nothing with it: the yardstick.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const tickMs = 10;

const page = `<!doctype html><title>Drops every message</title>
<textarea aria-label="Compose message"></textarea>
<script>
  let count = 0;
  const socket = new WebSocket(location.href.replace('http', 'ws'));
  socket.onopen = () => socket.send('go');
  socket.onmessage = () => (count += 1);
</script>`;

const items = Array.from({ length: 60_000 }, (_, id) => ({
  id,
  name: `item ${id}`,
  tags: ['a', 'b', 'some more text of it'],
}));
const largeReply = JSON.stringify({
  KV_GET_RSP: { st: 0, tkn: '14247375118774737462', keys: { items } },
});

const http = createServer((_, response) =>
  response.setHeader('Content-Type', 'text/html').end(page),
);
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', (socket, { url = '/' }) => {
  const asked = new URL(url, 'http://flood').searchParams;
  const [rate, seconds] = [Number(asked.get('rate')), Number(asked.get('seconds'))];
  socket.on('message', (message: Buffer) => {
    if (message.toString().startsWith('{"KV_GET"')) socket.send(largeReply);
    else flood(socket, { rate, total: rate * seconds });
  });
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Flood on http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});

/** By the time that has passed, so that a late tick makes up for what it missed. */
function flood(socket: WebSocket, { rate, total }: { rate: number; total: number }): void {
  const startedMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * rate) / 1000));
    for (; sent < due; sent += 1) {
      socket.send(
        `{"KV_GET_RSP":{"tkn":"14247375118774737462","keys":{"n":${sent + 1},"name":"flood"}}}`,
      );
    }
    if (sent === total || socket.readyState !== socket.OPEN) clearInterval(timer);
  }, tickMs);
}
