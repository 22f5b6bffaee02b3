import { WebSocket } from 'ws';
import type { CloseReason } from './closeReasons.ts';
import { emptyPing } from './encodeFrames.ts';

/**
 * A WebSocket whose outlet sees to all that is sent: it says when it is about to send its closing
 * frame, be it that we close, that the peer does, or that the library found a fault, and it hands
 * pings over, as they must not come between the pieces of a long reply.
 */
export class ClosableSocket extends WebSocket {
  onClosing: () => void = () => undefined;
  onControl: (frame: Buffer) => void = () => undefined;
  onDrop: (reason: CloseReason) => void = () => undefined;

  override close(code?: number, reason?: string | Buffer): void {
    this.onClosing();
    super.close(code, reason);
  }

  override ping(): void {
    this.onControl(emptyPing);
  }

  /** Ends the connection without a closing frame. */
  drop(reason: CloseReason): void {
    this.onDrop(reason);
    this.terminate();
  }
}
