import type { Clock } from '../../../protocol/clock.ts';
import type { InspectionEvent, StreamedCommand } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Token } from '../../../protocol/token.ts';
import type { SessionIds } from '../../store/sessionIds.ts';
import type { AnsweredMessage, ObservedCommands, Observer } from '../observedCommands.ts';
import { maskedMessage } from '../maskedMessage.ts';

export type StreamRequest = Extract<InspectionRequest, { type: 'stream' }>;

type Filter = (answered: AnsweredMessage) => boolean;

/** Entries of one frame; what comes beyond is only counted. */
export const maxEntries = 50;

/** Entries are gathered for so long. */
export const streamGatherMs = 100;

/** The first token of a message, spelled as usual. */
const tokenPattern = /"tkn" *: *"?(\d{1,20})/;

export interface StreamParts {
  readonly clock: Clock;
  readonly commands: ObservedCommands;
  /** As the store makes the ids of sessions. */
  readonly idOf: SessionIds;
  /** Called when {@link CommandStream.next} has something, a tenth of a second after the first entry. */
  readonly onDue: () => void;
}

/** The commands of all clients that one inspector wants to see. */
export class CommandStream implements Observer {
  readonly #request: StreamRequest;
  readonly #clock: Clock;
  readonly #idOf: SessionIds;
  readonly #onDue: () => void;
  readonly #filters: readonly Filter[];
  readonly #stopWatching: () => void;
  #entries: StreamedCommand[] = [];
  #counted = 0;
  #leftOut = 0;
  #costMs = 0;
  #isDue = false;
  #stopTimer: (() => void) | undefined;

  constructor(request: StreamRequest, parts: StreamParts) {
    this.#request = request;
    this.#clock = parts.clock;
    this.#idOf = parts.idOf;
    this.#onDue = parts.onDue;
    this.#filters = this.#filtersOf(request);
    this.#stopWatching = parts.commands.watch(this);
  }

  get hasChanges(): boolean {
    return this.#isDue;
  }

  note(answered: AnsweredMessage): void {
    const startedMs = performance.now();
    if (this.#filters.every((isWanted) => isWanted(answered))) this.#take(answered);
    this.#costMs += performance.now() - startedMs;
  }

  next(): InspectionEvent {
    const entries = this.#entries;
    this.#entries = [];
    this.#isDue = false;
    const counts = { counted: this.#counted, leftOut: this.#leftOut };
    const { number } = this.#request;
    return { type: 'streamed', number, entries, ...counts, costMs: Math.round(this.#costMs) };
  }

  close(): void {
    this.#stopTimer?.();
    this.#stopWatching();
  }

  /** The cheapest first. */
  #filtersOf({ connection, commands, statuses, session, slowerThanMs }: StreamRequest): Filter[] {
    const filters: Filter[] = [];
    if (connection !== undefined) filters.push((each) => each.connection === connection);
    if (slowerThanMs !== undefined) filters.push((each) => each.durationMs >= slowerThanMs);
    if (commands) filters.push(({ command = '' }) => commands.includes(command));
    if (statuses) filters.push(({ status }) => statuses.includes(status));
    if (session !== undefined) filters.push((each) => this.#sessionOf(each) === session);
    return filters;
  }

  #take(answered: AnsweredMessage): void {
    this.#counted += 1;
    if (this.#entries.length < maxEntries) this.#entries.push(this.#entryOf(answered));
    else this.#leftOut += 1;
    if (this.#isDue) return;
    this.#stopTimer ??= this.#clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#isDue = true;
      this.#onDue();
    }, streamGatherMs);
  }

  #entryOf(answered: AnsweredMessage): StreamedCommand {
    const { connection, isConsole, command, status, durationMs, text, reply } = answered;
    const isShown = command !== undefined;
    return {
      connection,
      isConsole: isConsole || undefined,
      atMs: Math.round(this.#clock.nowMs()),
      command,
      status,
      durationUs: Math.round(durationMs * 1000),
      requestLength: text?.length ?? 0,
      replyLength: reply?.length ?? 0,
      session: this.#sessionOf(answered),
      request: isShown && text !== null ? maskedMessage(text) : undefined,
      reply: isShown && reply !== null ? maskedMessage(reply) : undefined,
    };
  }

  /** Id of the session that a message is about, or that it made. */
  #sessionOf({ text, reply }: AnsweredMessage): string | undefined {
    const token = tokenIn(text) ?? tokenIn(reply);
    return token && this.#idOf(token);
  }
}

function tokenIn(text: string | null): Token | undefined {
  return tokenPattern.exec(text?.slice(0, 200) ?? '')?.[1] as Token | undefined;
}
