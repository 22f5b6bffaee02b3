import type { WebSocket } from 'ws';
import { TestClient } from './testServer.ts';

/** For tests: a client that always has requests outstanding: each stores a key of its own. */
export class PipelinedLoad {
  static readonly #outstanding = 200;
  readonly closed: Promise<number>;
  readonly tkn: string;
  replies = 0;
  readonly #socket: WebSocket;
  #sent = 0;
  #noteReply: () => void = () => undefined;

  private constructor({ socket, closed }: TestClient, tkn: string) {
    this.#socket = socket;
    this.closed = closed;
    this.tkn = tkn;
    socket.on('message', () => {
      this.replies += 1;
      this.#noteReply();
      this.#send();
    });
    while (this.#sent < PipelinedLoad.#outstanding) this.#send();
  }

  static async start(url: string): Promise<PipelinedLoad> {
    const client = await TestClient.open(url);
    return new PipelinedLoad(client, await client.newSession());
  }

  untilReplies(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#noteReply = () => {
        if (this.replies >= count) resolve();
      };
    });
  }

  #send(): void {
    this.#sent += 1;
    this.#socket.send(`{"KV_SET":{"tkn":"${this.tkn}","keys":{"k${this.#sent}":1}}}`);
  }
}
