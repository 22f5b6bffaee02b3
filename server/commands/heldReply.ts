import { catalog, type CommandName } from '../../protocol/commands/catalog.ts';
import { Held, type Hold, type Eventually } from '../eventually.ts';
import { unavailable } from '../store/refusals.ts';
import { refusedCommand, type Answer } from './answer.ts';

/** A message that is being answered. */
export interface Asked {
  readonly text: string | null;
  readonly connection: number;
  readonly startedMs: number;
  /** Whether it came from an inspector. */
  readonly isConsole: boolean;
}

/** Where replies that were held back come from. */
export interface HeldDoor {
  readonly isConsole: boolean;
  /** @returns The reply, which is sent now. */
  readonly finish: (answer: Answer, asked: Asked) => string | null;
  /** Carries out a message that only reads. */
  readonly again: (asked: Asked) => Eventually<string | null>;
  readonly fail: (error: unknown, asked: Asked) => never;
  /** Whether `finish` looks at texts. */
  readonly isWatched: () => boolean;
}

interface HeldFor {
  readonly hold: Hold;
  readonly asked: Asked;
}

/** A reply that waits for a disk. If that fails, what has changed data is refused, and what only shows some is read again. */
class HeldReply extends Held {
  readonly #door: HeldDoor;
  readonly #answer: Answer;
  /** Null also when nobody needs it any more: what waits is copied by the garbage collector. */
  readonly #text: string | null;
  readonly #connection: number;
  readonly #startedMs: number;

  constructor(door: HeldDoor, answer: Answer, { hold, asked }: HeldFor) {
    super(hold);
    this.#door = door;
    this.#answer = answer;
    this.#text = isChange(answer) && !door.isWatched() ? null : asked.text;
    this.#connection = asked.connection;
    this.#startedMs = asked.startedMs;
    // Makes one text of its parts, which are cut out of the message and would keep that.
    answer.reply?.charCodeAt(0);
  }

  get length(): number {
    return this.#answer.reply?.length ?? 0;
  }

  take(): Eventually<string | null> {
    const { finish, again, isConsole } = this.#door;
    const answer = this.#answer;
    const [text, connection, startedMs] = [this.#text, this.#connection, this.#startedMs];
    const asked = { text, connection, startedMs, isConsole };
    if (this.hold.outcome === true) return finish(answer, asked);
    if (!isChange(answer)) return again(asked);
    return finish(refusedCommand(answer.command, unavailable().refusal), asked);
  }
}

function isChange(answer: Answer): answer is Answer & { readonly command: CommandName } {
  return answer.command !== undefined && catalog[answer.command].isMutating;
}

/** @param answer Not to be seen before the hold is over. */
export function heldBack(
  door: HeldDoor,
  answer: Eventually<Answer>,
  held: HeldFor,
): Eventually<string | null> | Held {
  if (!(answer instanceof Promise)) return new HeldReply(door, answer, held);
  return answer.then(
    (late) => new HeldReply(door, late, held).settled(),
    (error: unknown) => door.fail(error, held.asked),
  );
}
