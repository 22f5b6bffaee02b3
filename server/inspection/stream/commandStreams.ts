import type { Clock } from '../../../protocol/clock.ts';
import type { SessionIds } from '../../store/sessionIds.ts';
import { CommandStream, type AnsweredMessage, type StreamRequest } from './commandStream.ts';

/** The streams that inspectors watch. Costs nothing while nobody does. */
export class CommandStreams {
  readonly #clock: Clock;
  readonly #idOf: SessionIds;
  readonly #open = new Set<CommandStream>();
  isWatched = false;

  constructor(clock: Clock, idOf: SessionIds) {
    this.#clock = clock;
    this.#idOf = idOf;
  }

  /** To be called for each message that was answered, while {@link isWatched}. */
  note(answered: AnsweredMessage): void {
    for (const stream of this.#open) stream.note(answered);
  }

  /** @param onDue Called when the stream has something to send. */
  open(request: StreamRequest, onDue: () => void): CommandStream {
    const stream = new CommandStream(request, { clock: this.#clock, idOf: this.#idOf, onDue });
    this.#open.add(stream);
    this.isWatched = true;
    return stream;
  }

  close(stream: CommandStream): void {
    stream.close();
    this.#open.delete(stream);
    this.isWatched = this.#open.size > 0;
  }
}
