import type { Clock } from '../../../protocol/clock.ts';
import {
  writeConnectedClient,
  type ConnectedClient,
  type InspectionEvent,
} from '../../../protocol/inspection/events.ts';
import type { ClientFacts } from '../../sockets/connections.ts';
import type { AnsweredMessages, ObservedCommands, Observer } from '../observedCommands.ts';

/** The table is looked at again after so long. */
export const tableMs = 1_000;

interface Use {
  commands: number;
  command: string | undefined;
  atMs: number;
}

export interface ClientTableParts {
  readonly clock: Clock;
  readonly commands: ObservedCommands;
  readonly clients: () => readonly ClientFacts[];
  /** Called when {@link ClientTable.next} may have something. */
  readonly onDue: () => void;
}

/** The connections of a server, for one inspector: what they have sent since it looks, and what waits for them. */
export class ClientTable implements Observer {
  /** It needs none. */
  readonly textsAboveUs = Infinity;
  readonly #number: number;
  readonly #parts: ClientTableParts;
  readonly #stopWatching: () => void;
  #uses = new Map<number, Use>();
  /** What the inspector was sent, by connection; as text, to be compared. */
  #known = new Map<number, string>();
  #isDue = true;
  #stopTimer: (() => void) | undefined;

  /** @param number Comes back with each frame. */
  constructor(number: number, parts: ClientTableParts) {
    this.#number = number;
    this.#parts = parts;
    this.#stopWatching = parts.commands.watch(this);
  }

  get hasChanges(): boolean {
    return this.#isDue;
  }

  noteAll({ length, connections, commands }: AnsweredMessages): void {
    const atMs = this.#parts.clock.nowMs();
    for (let at = 0; at < length; at += 1) {
      const [connection, command] = [connections[at] ?? 0, commands[at]];
      const use = this.#uses.get(connection);
      if (use) {
        use.commands += 1;
        use.command = command;
        use.atMs = atMs;
      } else this.#uses.set(connection, { commands: 1, command, atMs });
    }
  }

  /** All connections, and those of them that are new or not as they were. */
  next(): InspectionEvent {
    const { clock, clients, commands: observed, onDue } = this.#parts;
    observed.handOn();
    this.#isDue = false;
    this.#stopTimer ??= clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#isDue = true;
      onDue();
    }, tableMs);
    const rows = clients().map((facts) => this.#rowOf(facts));
    const texts = new Map(rows.map((row) => [row.connection, writeConnectedClient(row)]));
    const changed = rows.filter(
      ({ connection }) => this.#known.get(connection) !== texts.get(connection),
    );
    this.#known = texts;
    this.#uses = new Map([...this.#uses].filter(([connection]) => texts.has(connection)));
    const connections = rows.map(({ connection }) => connection);
    return {
      type: 'clients',
      number: this.#number,
      connections,
      changed,
      nowMs: Math.round(clock.nowMs()),
    };
  }

  sendAll(): void {
    this.#known.clear();
    this.#isDue = true;
    this.#parts.onDue();
  }

  close(): void {
    this.#stopTimer?.();
    this.#stopWatching();
  }

  #rowOf({ openedAtMs, ...facts }: ClientFacts): ConnectedClient {
    const { commands = 0, command, atMs } = this.#uses.get(facts.connection) ?? {};
    const lastAtMs = atMs === undefined ? undefined : Math.round(atMs);
    return { ...facts, openedAtMs: Math.round(openedAtMs), commands, command, lastAtMs };
  }
}
