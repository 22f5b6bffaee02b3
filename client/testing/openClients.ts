import type { Client } from '../client.ts';
import { connect } from '../connect.ts';
import type { ConnectOptions } from '../options.ts';
import type { SocketClass } from '../socket.ts';

/** The clients of a server that tests have opened, to be closed with it. */
export class OpenClients {
  readonly #socketUrl: string;
  readonly #socketClass: SocketClass;
  readonly #clients = new Set<Client>();

  constructor(socketUrl: string, socketClass: SocketClass) {
    this.#socketUrl = socketUrl;
    this.#socketClass = socketClass;
  }

  connect(options: ConnectOptions): Client {
    const client = connect(this.#socketUrl, { WebSocket: this.#socketClass, ...options });
    this.#clients.add(client);
    return client;
  }

  async close(): Promise<void> {
    const clients = [...this.#clients];
    this.#clients.clear();
    await Promise.all(clients.map((client) => client.close()));
  }
}
