import { WebSocket } from 'ws';

/**
 * A WebSocket that says when it is about to send its closing frame, be it that we close, that the
 * peer does, or that the library found a fault. Replies that were gathered go out before it.
 */
export class ClosableSocket extends WebSocket {
  onClosing: () => void = () => undefined;

  override close(code?: number, reason?: string | Buffer): void {
    this.onClosing();
    super.close(code, reason);
  }
}
