import type { Clock } from '../../../protocol/clock.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type {
  StreamedCommand,
  StreamFigures,
} from '../../../protocol/inspection/streamedCommands.ts';
import type { Token } from '../../../protocol/token.ts';
import type { SessionIds } from '../../store/sessionIds.ts';
import type {
  AnsweredMessage,
  AnsweredMessages,
  ObservedCommands,
  Observer,
} from '../observedCommands.ts';
import { maskedMessage, maxShownLength } from '../maskedMessage.ts';
import type { Watch } from '../watch.ts';
import { CommandDurations } from './commandDurations.ts';

export type StreamRequest = Extract<InspectionRequest, { type: 'stream' }>;

type Filter = (answered: AnsweredMessages, at: number) => boolean;

/** Entries of one frame; what comes beyond is only counted. */
export const maxEntries = 20;

/** Entries are gathered for so long. */
export const streamGatherMs = 100;

/** Texts are shown whole while a frame has room: this many UTF-16 units. Then by their beginnings. */
export const wholeTextsLength = 200_000;

/** How long commands took is sent after so long. */
export const figuresMs = 1_000;

/** The first token of a message, spelled as usual. */
const tokenPattern = /"tkn" *: *"?(\d{1,20})/;

export interface StreamParts {
  readonly clock: Clock;
  readonly commands: ObservedCommands;
  /** As the store makes the ids of sessions. */
  readonly idOf: SessionIds;
  /** Whether a session may be seen; absent: all may, and commands about none. */
  readonly includes?: ((id: string) => boolean) | undefined;
  /** Called when {@link CommandStream.next} has something, a tenth of a second after the first entry. */
  readonly onDue: () => void;
}

/** The commands of all clients that one inspector wants to see. */
export class CommandStream implements Observer, Watch {
  readonly #request: StreamRequest;
  readonly #clock: Clock;
  readonly #idOf: SessionIds;
  readonly #onDue: () => void;
  readonly #includes: StreamParts['includes'];
  readonly #filters: readonly Filter[];
  /** Whether a filter needs to know the session. */
  readonly #readsAllTexts: boolean;
  readonly #commands: ObservedCommands;
  readonly #stopWatching: () => void;
  #entries: StreamedCommand[] = [];
  #counted = 0;
  #leftOut = 0;
  #costMs = 0;
  #room = wholeTextsLength;
  #isDue = false;
  /** Until commands are sent, and until figures are. */
  readonly #stopTimers: Record<'commands' | 'figures', (() => void) | undefined> = {
    commands: undefined,
    figures: undefined,
  };
  readonly #durations = new CommandDurations();
  readonly #startedMs: number;
  /** When figures were last sent, and how many commands they were about. */
  #figuresAtMs: number;
  #figuresOf = 0;

  constructor(request: StreamRequest, parts: StreamParts) {
    this.#request = request;
    this.#clock = parts.clock;
    this.#idOf = parts.idOf;
    this.#onDue = parts.onDue;
    this.#includes = parts.includes;
    this.#filters = this.#filtersOf(request);
    this.#readsAllTexts = request.session !== undefined || parts.includes !== undefined;
    this.#commands = parts.commands;
    this.#stopWatching = parts.commands.watch(this);
    this.#startedMs = parts.clock.nowMs();
    this.#figuresAtMs = this.#startedMs;
  }

  get hasChanges(): boolean {
    return this.#isDue;
  }

  get textsAboveUs(): number {
    if (this.#readsAllTexts || this.#entries.length < maxEntries) return -1;
    return this.#durations.slowestAboveUs;
  }

  noteAll(answered: AnsweredMessages): void {
    const startedMs = performance.now();
    const before = this.#counted;
    for (let at = 0; at < answered.length; at += 1) {
      if (this.#isWanted(answered, at)) this.#take(answered, at);
    }
    if (this.#counted > before && !this.#isDue) this.#sendIn(streamGatherMs, 'commands');
    this.noteSent(performance.now() - startedMs);
  }

  #isWanted(answered: AnsweredMessages, at: number): boolean {
    for (const isWanted of this.#filters) if (!isWanted(answered, at)) return false;
    return true;
  }

  next(): InspectionEvent {
    this.#commands.handOn();
    const startedMs = performance.now();
    const entries = this.#entries;
    this.#entries = [];
    this.#room = wholeTextsLength;
    this.#isDue = false;
    const figures = this.#figures();
    const counts = { counted: this.#counted, leftOut: this.#leftOut };
    const ranMs = Math.round(this.#clock.nowMs() - this.#startedMs);
    const { number } = this.#request;
    this.noteSent(performance.now() - startedMs);
    const costMs = Math.round(this.#costMs);
    return { type: 'streamed', number, entries, ...counts, costMs, ranMs, figures };
  }

  noteSent(tookMs: number): void {
    this.#costMs += tookMs;
  }

  close(): void {
    this.#stopTimers.commands?.();
    this.#stopTimers.figures?.();
    this.#stopWatching();
  }

  /** The cheapest first. */
  #filtersOf({ connection, commands, statuses, session, slowerThanMs }: StreamRequest): Filter[] {
    const filters: Filter[] = [];
    if (connection !== undefined) {
      filters.push(({ connections }, at) => connections[at] === connection);
    }
    if (slowerThanMs !== undefined) {
      filters.push(({ durationsMs }, at) => (durationsMs[at] ?? 0) >= slowerThanMs);
    }
    if (commands) filters.push((answered, at) => commands.includes(answered.commands[at] ?? ''));
    if (statuses) filters.push((answered, at) => statuses.includes(answered.statuses[at] ?? 0));
    if (session !== undefined) {
      filters.push((answered, at) => this.#sessionOf(answered.at(at)) === session);
    }
    const includes = this.#includes;
    if (includes) {
      filters.push((answered, at) => includes(this.#sessionOf(answered.at(at)) ?? ''));
    }
    return filters;
  }

  #take(answered: AnsweredMessages, at: number): void {
    this.#counted += 1;
    const isSlow = this.#durations.note(answered, at);
    if (isSlow) this.#durations.keep(this.#entryOf(answered.at(at)));
    if (this.#entries.length < maxEntries) this.#show(answered.at(at));
    else this.#leftOut += 1;
  }

  #show(answered: AnsweredMessage): void {
    const entry = this.#entryOf(answered, Math.max(this.#room, maxShownLength));
    this.#room -= (entry.request?.length ?? 0) + (entry.reply?.length ?? 0);
    this.#entries.push(entry);
  }

  #sendIn(delayMs: number, what: 'commands' | 'figures'): void {
    if (this.#stopTimers[what]) return;
    const run = () => {
      this.#stopTimers[what] = undefined;
      this.#isDue = true;
      this.#onDue();
    };
    this.#stopTimers[what] = this.#clock.setTimer(run, delayMs);
  }

  /** How long commands took, when it is time to say so again. */
  #figures(): StreamFigures | undefined {
    if (this.#figuresOf === this.#counted) return undefined;
    const nowMs = this.#clock.nowMs();
    const leftMs = this.#figuresAtMs + figuresMs - nowMs;
    if (leftMs > 0) {
      this.#sendIn(leftMs, 'figures');
      return undefined;
    }
    this.#figuresAtMs = nowMs;
    this.#figuresOf = this.#counted;
    return this.#durations.figures();
  }

  #entryOf(answered: AnsweredMessage, maxLength = maxShownLength): StreamedCommand {
    const { connection, isConsole, command, status, durationMs, text, reply } = answered;
    const shown = (message: string | null) =>
      command === undefined || message === null ? undefined : maskedMessage(message, maxLength);
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
      request: shown(text),
      reply: shown(reply),
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
