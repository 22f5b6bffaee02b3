import { WebSocket } from 'ws';
import type { CloseReason } from './closeReasons.ts';
import { emptyPing } from './encodeFrames.ts';

/** The connection that a socket belongs to. */
export interface SocketOwner {
  /** @param message Stands as the library gives it: a buffer of its own. */
  onMessage(message: Buffer, isBinary: boolean): void;
  onPing(data: Buffer): void;
  onPong(data: Buffer): void;
  /** The library has found a fault, and closes. */
  onError(error: Error): void;
  /** The closing frame comes next, be it that we close, that the peer does, or that the library found a fault. */
  onClosing(): void;
  onClosed(): void;
  /** A frame is to be sent, which must not come between the pieces of a long reply. */
  onControl(frame: Buffer): void;
  onDrop(reason: CloseReason): void;
}

/**
 * A WebSocket that tells its owner what happens, and leaves all that is sent to it. Nobody listens to it: listeners
 * and the list of them take half a kilobyte for each connection (ADR 91).
 */
export class ClosableSocket extends WebSocket {
  owner: SocketOwner | undefined = undefined;

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    const { owner } = this;
    const [first, second] = args;
    // The library gives each event what is named here.
    switch (event) {
      case 'message':
        owner?.onMessage(first as Buffer, second === true);
        return true;
      case 'ping':
        owner?.onPing(first as Buffer);
        return true;
      case 'pong':
        owner?.onPong(first as Buffer);
        return true;
      case 'error':
        owner?.onError(first as Error);
        return true;
      case 'close':
        owner?.onClosed();
        return true;
      default:
        return super.emit(event, ...args);
    }
  }

  override close(code?: number, reason?: string | Buffer): void {
    this.owner?.onClosing();
    super.close(code, reason);
  }

  override ping(): void {
    this.owner?.onControl(emptyPing);
  }

  /** Ends the connection without a closing frame. */
  drop(reason: CloseReason): void {
    this.owner?.onDrop(reason);
    this.terminate();
  }
}
