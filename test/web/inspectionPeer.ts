import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as Peer } from 'ws';
import { inspectionProtocol } from '../../protocol/inspection/access.ts';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import {
  readInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import { Inspector } from '../../web/inspector/inspector.ts';

/** A server that speaks the inspection contract; the test decides what it says. */
export class InspectionPeer {
  /** Answer of `GET /inspect/ticket`. */
  ticketAnswer = '{"proof":"ticket","ticket":"t1"}';
  /** Answer of `GET /healthz`. */
  healthAnswer = '{}';
  /** Whether an upgrade with these subprotocols is taken. */
  accepts: (protocols: readonly string[]) => boolean = () => true;
  readonly offered: string[][] = [];
  readonly requests: InspectionRequest[] = [];
  ticketsGiven = 0;
  readonly #server: WebSocketServer;
  #peer: Peer | undefined;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (peer) => {
      this.#peer = peer;
      peer.on('message', (data: Buffer) => {
        const request = readInspectionRequest(data.toString());
        if (request) this.requests.push(request);
      });
      this.say({ type: 'hello', serverVersion: '1.0.0', maxPayloadBytes: 2_097_152, nowMs: 1000 });
      this.sayAll([summary('1', 'first'), summary('2', 'second')]);
    });
  }

  static async start(): Promise<InspectionPeer> {
    const held: { peer?: InspectionPeer } = {};
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      handleProtocols: () => inspectionProtocol,
      verifyClient: ({ req }: { req: { headers: NodeJS.Dict<string | string[]> } }) => {
        const header = String(req.headers['sec-websocket-protocol']);
        const protocols = header.split(',').map((each) => each.trim());
        held.peer?.offered.push(protocols);
        return held.peer?.accepts(protocols) ?? false;
      },
    });
    held.peer = new InspectionPeer(server);
    await once(server, 'listening');
    return held.peer;
  }

  say(event: InspectionEvent): void {
    this.#peer?.send(writeInspectionEvent(event));
  }

  sayText(text: string): void {
    this.#peer?.send(text);
  }

  /** The whole list again. */
  sayAll(changed: SessionSummary[]): void {
    const totals = { totalSessions: changed.length, totalKeys: 3 };
    this.say({ type: 'sessions', isReset: true, nowMs: 1000, ...totals, changed, removed: [] });
  }

  close(code: number, reason: string): void {
    this.#peer?.close(code, reason);
  }

  cutOff(): void {
    this.#peer?.terminate();
  }

  stop(): void {
    for (const peer of this.#server.clients) peer.terminate();
    this.#server.close();
  }

  /** An inspector that looks at this peer, with timers that the test runs. */
  inspector(): { inspector: Inspector; runTimers: () => void } {
    const timers = new Set<() => void>();
    const { port } = this.#server.address() as AddressInfo;
    const inspector = new Inspector({
      fetchTicket: () => {
        this.ticketsGiven += 1;
        return Promise.resolve(this.ticketAnswer);
      },
      fetchHealth: () => Promise.resolve(this.healthAnswer),
      makeSocket: (protocols) =>
        new NodeWebSocket(`ws://127.0.0.1:${port}`, protocols) as unknown as WebSocket,
      nowMs: () => 400,
      setTimer: (run) => {
        timers.add(run);
        return () => timers.delete(run);
      },
      onNextFrame: (run) => queueMicrotask(run),
    });
    return { inspector, runTimers: () => timers.forEach((run) => run()) };
  }
}

/** A listed session with nothing special about it. */
export function summary(id: string, name: string): SessionSummary {
  const plain = { shared: false, keyCount: 1, createdAtMs: 1000, expiry: null };
  return { id, name, maskedToken: `··000${id}`, ...plain };
}
