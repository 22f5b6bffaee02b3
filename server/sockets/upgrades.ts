import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { inspectionProtocol } from '../../protocol/inspection/access.ts';
import type { Clock } from '../../protocol/clock.ts';
import { traceOf, type Log } from '../log.ts';
import { Burst } from '../turns.ts';
import { ClosableSocket } from './closableSocket.ts';
import type { Connections } from './connections.ts';
import type { Limits } from './limits.ts';
import { upgradeRefusals, type UpgradeRefusal } from './refusalCounts.ts';
import type { SharedState } from './sharedState.ts';
import { shareReads } from './sharedReads.ts';
import type { Accepted, SocketConnection } from './socketConnection.ts';
import { readByLibrary, WholeFrames } from './wholeFrames.ts';

/** Makes a connection of a socket. */
type Connect = (accepted: Accepted) => SocketConnection;

/** What becomes of a request for a WebSocket: the kind of socket, or why it is refused. */
export type Admission =
  | { readonly admit: 'data' | 'inspection'; readonly connect: Connect }
  | { readonly refuse: UpgradeRefusal };

export interface UpgradeOptions {
  readonly admit: (request: IncomingMessage) => Admission;
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  /** Answers with an HTTP status on the bare connection and ends it. */
  readonly refuse: (tcp: Socket, status: number) => void;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly shared: SharedState;
  readonly maxPayloadBytes: number;
  /** Whether there is data to be asked for; absent: always. */
  readonly isReady?: () => boolean;
  /** Called when a connection wants to become a WebSocket, and waits for its turn. */
  readonly onWanted: (tcp: Socket) => void;
  /** Called when a connection has become a WebSocket. */
  readonly onAccepted: (tcp: Socket) => void;
}

type Upgrade = (request: IncomingMessage, tcp: Socket, head: Buffer) => void;

/** Opens WebSockets, or refuses them before the first frame: of many that come at once some in each turn. */
export function createUpgrades(options: UpgradeOptions): Upgrade {
  const upgrade = createUpgrade(options);
  const { refuse, log, limits, shared } = options;
  const burst = new Burst();
  return (request, tcp, head) => {
    tcp.on('error', destroyThis);
    options.onWanted(tcp);
    if (burst.waiting >= limits.maxConnections) {
      shared.refusals.note('serverFull');
      refuse(tcp, upgradeRefusals.serverFull);
      return;
    }
    burst.add(() => guardTcp(log, tcp, () => upgrade(request, tcp, head)));
  };
}

/** For all: a closure of each upgrade would keep its request as long as the socket is open. */
function destroyThis(this: Socket): void {
  this.destroy();
}

function createUpgrade(options: UpgradeOptions): Upgrade {
  const servers = createServers(options);
  const refuseSlowly = createSlowRefusal(options);
  const openSocket = createOpening(options);
  const { admit, refuse, connections: peers, shared } = options;
  return (request, tcp, head) => {
    const admission = admit(request);
    const refuseWith = (reason: UpgradeRefusal) => {
      shared.refusals.note(reason);
      if (reason === 'noProof') refuseSlowly(tcp);
      else refuse(tcp, upgradeRefusals[reason]);
    };
    if ('refuse' in admission) {
      refuseWith(admission.refuse);
      return;
    }
    if (options.isReady?.() === false) {
      refuseWith('notReady');
      return;
    }
    const address = options.addressOf(request);
    if (!peers.makeRoom(address)) {
      refuseWith('serverFull');
      return;
    }
    servers[admission.admit].handleUpgrade(request, tcp, head, (socket) => {
      openSocket({ socket, tcp, address, shared, peers }, admission);
    });
  };
}

/** What fails ends the connection, and nothing else. */
function guardTcp(log: Log, tcp: Socket, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.error(`An upgrade failed: ${traceOf(error)}`);
    tcp.destroy();
  }
}

function createServers({ limits, maxPayloadBytes }: UpgradeOptions) {
  const common = {
    noServer: true,
    WebSocket: ClosableSocket,
    clientTracking: false,
    perMessageDeflate: false,
    // The outlet answers pings, within its limits.
    autoPong: false,
    maxFragments: limits.maxFragments,
    // The outlet watches over the closing handshake; this comes after it.
    closeTimeout: limits.closeGraceMs * 2,
  } as const;
  return {
    data: new WebSocketServer({ ...common, maxPayload: maxPayloadBytes }),
    inspection: new WebSocketServer({
      ...common,
      // `act` may carry a value twice, and quotes it.
      maxPayload: limits.maxInspectionPayloadBytes + 4 * maxPayloadBytes,
      // The proof is offered as a protocol too and must not be echoed.
      handleProtocols: (offered) => (offered.has(inspectionProtocol) ? inspectionProtocol : false),
    }),
  };
}

/** Makes connections of sockets; what fails then ends this one. */
function createOpening({ log, onAccepted, maxPayloadBytes }: UpgradeOptions) {
  const wholeFrames = new WholeFrames(maxPayloadBytes);
  return (
    accepted: Accepted,
    { connect }: Extract<Admission, { readonly connect: Connect }>,
  ): void => {
    const { socket, tcp, peers } = accepted;
    onAccepted(tcp);
    // The library has a listener of its own.
    tcp.off('error', destroyThis);
    try {
      const connection = connect(accepted);
      socket.owner = connection;
      peers.add(connection);
      if (connection.kind === 'data' && wholeFrames.takeOff(connection)) shareReads(tcp);
      else readByLibrary(connection);
    } catch (error) {
      log.error(`A connection could not be taken in: ${traceOf(error)}`);
      socket.terminate();
    }
  };
}

/** Wrong proofs are answered late, so that guessing is slow, and few at a time. */
function createSlowRefusal({ clock, limits, refuse }: UpgradeOptions): (tcp: Socket) => void {
  let delayed = 0;
  return (tcp) => {
    if (delayed >= limits.maxDelayedRefusals) {
      tcp.destroy();
      return;
    }
    delayed += 1;
    const stop = clock.setTimer(() => refuse(tcp, 401), limits.refusalDelayMs);
    tcp.once('close', () => {
      stop();
      delayed -= 1;
    });
  };
}
