// Where the console's sockets live: a flood of messages then costs the page a batch now and then,
// and times are taken when a message comes, not when the page has a moment.
import { serveSocket } from './serveSocket.ts';
import type { SocketAsk } from '../socketPort.ts';

self.addEventListener('message', ({ data, ports: [channel] }: MessageEvent<SocketAsk>) => {
  if (!channel) return;
  serveSocket(data, channel, {
    makeSocket: (url, subprotocols) => new WebSocket(url, subprotocols),
    nowMs: () => performance.timeOrigin + performance.now(),
    setTimer: (run, delayMs) => {
      const timer = self.setTimeout(run, delayMs);
      return () => self.clearTimeout(timer);
    },
  });
});
