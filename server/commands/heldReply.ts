import { catalog } from '../../protocol/commands/catalog.ts';
import { Held, type Hold, type Eventually } from '../eventually.ts';
import { unavailable } from '../store/refusals.ts';
import { refusedCommand, type Answer } from './answer.ts';

/** A message that is being answered. */
export interface Asked {
  readonly text: string | null;
  readonly connection: number;
  readonly startedMs: number;
}

/** Where replies that were held back come from. */
export interface HeldDoor {
  /** @returns The reply, which is sent now. */
  readonly finish: (answer: Answer, asked: Asked) => string | null;
  /** Carries out a message that only reads. */
  readonly again: (asked: Asked) => Eventually<string | null>;
  readonly fail: (error: unknown, asked: Asked) => never;
}

interface HeldFor {
  readonly hold: Hold;
  readonly asked: Asked;
}

/** A reply that waits for a disk. If that fails, what has changed data is refused, and what only shows some is read again. */
class HeldReply extends Held {
  readonly #door: HeldDoor;
  readonly #answer: Answer;
  readonly #asked: Asked;

  constructor(door: HeldDoor, answer: Answer, { hold, asked }: HeldFor) {
    super(hold);
    this.#door = door;
    this.#answer = answer;
    this.#asked = asked;
  }

  get length(): number {
    return this.#answer.reply?.length ?? 0;
  }

  take(): Eventually<string | null> {
    const { finish, again } = this.#door;
    if (this.hold.outcome === true) return finish(this.#answer, this.#asked);
    const { command } = this.#answer;
    if (command === undefined || !catalog[command].isMutating) return again(this.#asked);
    return finish(refusedCommand(command, unavailable().refusal), this.#asked);
  }
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
