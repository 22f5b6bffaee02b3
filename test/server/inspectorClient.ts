import {
  inspectionKeyPrefix,
  inspectionProtocol,
  ticketPrefix,
} from '../../protocol/inspection/access.ts';
import { readInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import {
  writeInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import type { FakeClock } from './fakeClock.ts';
import { TestClient, type TestServer } from './testServer.ts';

/** An event of one type. */
export type EventOf<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>;

/** An inspector that reads one event after the other. */
export class Inspector {
  readonly #client: TestClient;

  constructor(socket: TestClient) {
    this.#client = socket;
  }

  static async openWithKey({ port }: TestServer, key: string): Promise<Inspector> {
    const proof = inspectionKeyPrefix + Buffer.from(key).toString('base64url');
    const url = `ws://127.0.0.1:${port}/inspect`;
    return new Inspector(await TestClient.open(url, [inspectionProtocol, proof]));
  }

  static async open(server: TestServer): Promise<Inspector> {
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    const answer = await fetch(`${server.url}/inspect/ticket`, { headers });
    const ticket = /"ticket":"([^"]+)"/.exec(await answer.text())?.[1] ?? '';
    const url = `ws://127.0.0.1:${server.port}/inspect`;
    const socket = await TestClient.open(url, [inspectionProtocol, ticketPrefix + ticket]);
    return new Inspector(socket);
  }

  /** Opens one that has been greeted and sent the list. */
  static async start(
    server: TestServer,
    clock: FakeClock,
  ): Promise<{ inspector: Inspector; list: EventOf<'sessions'> }> {
    const inspector = await Inspector.open(server);
    await inspector.next('hello');
    clock.advance(0);
    return { inspector, list: await inspector.next('sessions') };
  }

  /** The next event, which must be of this type. How a durable store is doing may come at any time before. */
  async next<T extends InspectionEvent['type']>(type: T): Promise<EventOf<T>> {
    let event = readInspectionEvent(await this.#client.next());
    while (event?.type === 'store' && type !== 'store') {
      event = readInspectionEvent(await this.#client.next());
    }
    if (event?.type !== type) throw new Error(`Expected ${type}, got ${event?.type}`);
    return event as EventOf<T>; // As checked just now.
  }

  /** The next event, of whatever type. */
  async nextOfAny(): Promise<InspectionEvent> {
    const event = readInspectionEvent(await this.#client.next());
    if (!event) throw new Error('What came is no event');
    return event;
  }

  get unread(): number {
    return this.#client.unread;
  }

  get closed(): Promise<number> {
    return this.#client.closed;
  }

  ask(request: InspectionRequest): void {
    this.#client.socket.send(writeInspectionRequest(request));
  }

  /** Watches a session. @returns Its keys. */
  async watch(id: string, clock: FakeClock): Promise<EventOf<'keys'>> {
    this.ask({ type: 'watch', id });
    await this.handled();
    clock.advance(0);
    await this.next('session');
    return this.next('keys');
  }

  /** Waits until the server has dealt with all requests so far. */
  async handled(): Promise<void> {
    this.ask({ type: 'value', id: 's0', key: '' });
    await this.next('value');
  }

  send(text: string): void {
    this.#client.socket.send(text);
  }

  terminate(): void {
    this.#client.socket.terminate();
  }
}
