import { setTimeout as wait } from 'node:timers/promises';
import { SessionClient, type ClientParts } from './sessionClient.ts';

/** Pause between one session and the next, in milliseconds. */
const pauseMs = 60;

/** Makes sessions, with keys in some of them, and ends some. */
export class SessionMaker {
  readonly made: { readonly token: string; readonly clients: readonly SessionClient[] }[] = [];
  readonly #parts: Omit<ClientParts, 'token'>;
  #isStopping = false;

  constructor(parts: Omit<ClientParts, 'token'>) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    while (!this.#isStopping) {
      const token = await this.#make();
      if (token !== undefined) await this.#use(token);
      await wait(pauseMs);
    }
  }

  stop(): void {
    this.#isStopping = true;
  }

  /** @returns The token of a new session, as soon as one can be made. */
  async newToken(): Promise<string> {
    for (;;) {
      const token = await this.#make();
      if (token !== undefined) return token;
    }
  }

  /** @returns undefined: nobody knows whether it was made. */
  async #make(): Promise<string | undefined> {
    const reply = await this.#parts.caller.ask('{"SH_NEW":{"name":"crash"}}');
    return /^\{"SH_NEW_RSP":\{"st":1,.*"tkn":"(\d+)"/.exec(reply ?? '')?.[1];
  }

  async #use(token: string): Promise<void> {
    const { random, counter } = this.#parts;
    const client = new SessionClient({ ...this.#parts, token });
    this.made.push({ token, clients: [client] });
    const entries: [string, number][] = [['count', counter.next()]];
    if (random() < 0.7) await client.carryOut({ move: 'KV_SET', at: 0, entries });
    if (random() < 0.3) await client.carryOut({ move: 'SH_END', at: 0 });
  }
}
