import type { SessionUpdate } from '../socketPort.ts';
import { learn, taughtBy, type Variables } from './variables.ts';

/** The variables of a connection. What replies teach is shown once for a whole batch of them. */
export class LearnedVariables {
  readonly #show: (variables: Variables) => void;
  #variables: Variables = new Map();
  #shown: Variables = this.#variables;

  constructor(show: (variables: Variables) => void) {
    this.#show = show;
  }

  /** Gives a variable a value, as a person or a tool beside the composer does. */
  set(name: string, value: string): void {
    this.#variables = new Map(this.#variables).set(name, value);
    this.show();
  }

  /** Makes a variable one without a value. */
  forget(name: string): void {
    this.#variables = new Map([...this.#variables].filter(([each]) => each !== name));
    this.show();
  }

  /** Makes a session's token the one that `{{tkn}}` stands for. */
  useToken(token: string, name: string): void {
    this.learn({ token, name, isGone: false, isEntered: true });
    this.show();
  }

  /**
   * Takes what a reply says of a session; {@link show} makes it seen.
   * @returns Names of the variables that got a new value.
   */
  learn(session: SessionUpdate | undefined): readonly string[] {
    const before = this.#variables;
    this.#variables = learn(before, session);
    if (this.#variables === before || !session) return [];
    return taughtBy(session).filter((name) => before.get(name) !== session.token);
  }

  show(): void {
    if (this.#shown === this.#variables) return;
    this.#shown = this.#variables;
    this.#show(this.#variables);
  }
}
