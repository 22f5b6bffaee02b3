import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Pause before the next try to connect, in milliseconds. */
const retryMs = 50;

/** A client of several servers: when one is gone, it goes to the next. */
export class Caller {
  readonly #urls: readonly string[];
  #at: number;
  #socket: WebSocket | undefined;
  #connecting: Promise<void> | undefined;
  readonly #waiting: ((reply: string | undefined) => void)[] = [];
  #isClosed = false;
  /** Replies that nothing was asked for. */
  readonly unasked: string[] = [];

  constructor(urls: readonly string[], first: number) {
    this.#urls = urls;
    this.#at = first;
  }

  /** Settles when there is a connection, or after {@link close}. */
  async connected(): Promise<void> {
    if (this.#socket?.readyState === WebSocket.OPEN) return;
    this.#connecting ??= this.#reconnect().finally(() => {
      this.#connecting = undefined;
    });
    await this.#connecting;
  }

  async #reconnect(): Promise<void> {
    while (!this.#isClosed && !(await this.#connect())) {
      this.#at = (this.#at + 1) % this.#urls.length;
      await wait(retryMs);
    }
  }

  /** @returns undefined: the connection was lost before the reply came. */
  async ask(request: string): Promise<string | undefined> {
    await this.connected();
    if (this.#socket?.readyState !== WebSocket.OPEN) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket?.send(request);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
  }

  async #connect(): Promise<boolean> {
    const socket = new WebSocket(this.#urls[this.#at] ?? '');
    this.#socket = socket;
    return new Promise((resolve) => {
      socket.on('open', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('message', (data: Buffer) => {
        const answer = this.#waiting.shift();
        if (answer) answer(data.toString());
        else this.unasked.push(data.toString());
      });
      socket.on('close', () => {
        resolve(false);
        for (const give of this.#waiting.splice(0)) give(undefined);
      });
    });
  }
}
