import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { inspectionProtocol, ticketPrefix } from '../protocol/inspection/access.ts';
import { writeInspectionRequest, type InspectionRequest } from '../protocol/inspection/requests.ts';

/** Proves to a server that what runs on this machine may inspect it. */
export async function ticketOf(port: number): Promise<string> {
  const asked = get(`http://127.0.0.1:${port}/inspect/ticket`, {
    agent: false,
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const ticket = /"ticket":"([\w-]+)"/.exec(Buffer.concat(await answer.toArray()).toString())?.[1];
  if (ticket === undefined) throw new Error('The server gives no ticket for inspection');
  return ticketPrefix + ticket;
}

/** Opens an inspection socket that has been greeted. */
export async function openInspection(port: number): Promise<WebSocket> {
  const protocols = [inspectionProtocol, await ticketOf(port)];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/inspect`, protocols);
  await once(socket, 'message');
  return socket;
}

export type ListRequest = Omit<Extract<InspectionRequest, { type: 'list' }>, 'type' | 'number'>;

/** An inspector that shows one window of the list after the other. */
export class ListInspector {
  readonly #socket: WebSocket;
  #number = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(port: number): Promise<ListInspector> {
    return new ListInspector(await openInspection(port));
  }

  /** @returns Bytes of the first rows that come, or of those that come when everything was looked at. */
  async show(request: ListRequest): Promise<number> {
    const before = this.#number;
    this.#number += 1;
    const begin = `{"rows":{"number":${this.#number},`;
    const shown = new Promise<number>((resolve) => {
      const take = (data: Buffer) => {
        if (!data.subarray(0, begin.length).equals(Buffer.from(begin))) return;
        if (data.includes(',"looked":')) return;
        this.#socket.off('message', take);
        resolve(data.length);
      };
      this.#socket.on('message', take);
    });
    void this.ask({ type: 'list', number: this.#number, ...request });
    // After the next one has begun, as a console does it.
    if (before > 0) void this.ask({ type: 'unlist', number: before });
    return shown;
  }

  /** Asks for something whose frames are not looked at. Settles when the request is sent. */
  ask(request: InspectionRequest): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.send(writeInspectionRequest(request), () => resolve());
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
