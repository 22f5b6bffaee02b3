import type { InProcessServer } from '../../server/inProcess.ts';

type Sessions = Awaited<ReturnType<InProcessServer['sessions']>>;

/** What a server held at one moment. Any number of servers can start from it. */
export class Snapshot {
  readonly #sessions: Sessions;

  /** @internal */
  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** How many sessions there are in it. */
  get sessionCount(): number {
    return this.#sessions.length;
  }

  /**
   * Puts them into a server.
   * @internal
   */
  async restoreTo(server: InProcessServer): Promise<void> {
    await server.restore(this.#sessions);
  }
}
