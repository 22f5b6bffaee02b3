import type { TestClient } from '../testServer.ts';
import type { Random } from './random.ts';
import type { StepMaker, Sessions, Step } from './steps.ts';

/** Sent and not answered, at most. */
const inFlight = 24;

/** A session, or its keys, that a second ends. */
export interface Expiring {
  readonly token: string;
  readonly deletesSession: boolean;
  /** Known to have begun by then; Unix time in milliseconds. */
  readonly begunAtMs: number;
}

/** What a connection has sent, and how much of it was confirmed. */
export interface Sent {
  /** Its sessions before. */
  readonly before: Sessions;
  readonly steps: readonly Step[];
  /** For each confirmed step, when; Unix time in milliseconds. */
  readonly confirmedAtMs: readonly number[];
  readonly expiring: readonly Expiring[];
  /** Sessions that were asked for and whose tokens nobody knows. */
  readonly unknownSessions: number;
  /** Replies that say that the server cannot. */
  readonly refusals: readonly string[];
}

const refusal = /"st":9\d\d\b/;

export interface LoadOptions {
  readonly maker: StepMaker;
  readonly random: Random;
  /** Sessions that are the connection's own already. */
  readonly before: Sessions;
  /** Called after each reply. */
  readonly onConfirmed: () => void;
}

/** Sends commands one after another, without waiting for replies, until the server is gone. */
export class LoadClient {
  readonly #client: TestClient;
  readonly #random: Random;
  readonly #maker: StepMaker;
  readonly #before: Sessions;
  /** As it will be when all that was sent has been carried out. */
  readonly #predicted: Sessions;
  readonly #steps: Step[] = [];
  readonly #confirmedAtMs: number[] = [];
  readonly #expiring: Expiring[] = [];
  readonly #refusals: string[] = [];

  readonly #onConfirmed: () => void;

  constructor(client: TestClient, { maker, random, before, onConfirmed }: LoadOptions) {
    this.#client = client;
    this.#maker = maker;
    this.#random = random;
    this.#onConfirmed = onConfirmed;
    this.#before = copyOf(before);
    this.#predicted = copyOf(before);
  }

  /** @returns When the server is gone. */
  async run(): Promise<Sent> {
    const gone = this.#client.closed.then(() => undefined);
    this.#fill();
    let reply: string | undefined;
    do {
      reply = await Promise.race([this.#client.next(), gone]);
      if (reply !== undefined) this.#confirm(reply);
      this.#fill();
    } while (reply !== undefined);
    return {
      before: this.#before,
      steps: this.#steps,
      confirmedAtMs: this.#confirmedAtMs,
      expiring: this.#expiring,
      refusals: this.#refusals,
      unknownSessions: this.#unconfirmed().filter(({ onCreated }) => onCreated).length,
    };
  }

  #unconfirmed(): Step[] {
    return this.#steps.slice(this.#confirmedAtMs.length);
  }

  get #maySend(): boolean {
    const unconfirmed = this.#unconfirmed();
    return unconfirmed.length < inFlight && !unconfirmed.some(({ isLong }) => isLong);
  }

  #fill(): void {
    while (this.#maySend) {
      const step = this.#random() < 0.02 ? this.#expiringStep() : this.#maker.next(this.#predicted);
      step.apply(this.#predicted);
      this.#steps.push(step);
      this.#client.socket.send(step.text);
    }
  }

  #expiringStep(): Step {
    const deletesSession = this.#random() < 0.5;
    return this.#maker.expiring(deletesSession, (token) => {
      this.#expiring.push({ token, deletesSession, begunAtMs: Date.now() });
      // Not a quiet command: it has a reply if the session is over already.
      const keys = JSON.stringify({ KV_SET: { tkn: token, keys: { short: 1 } } });
      const apply = () => undefined;
      this.#steps.push({ text: keys, isQuiet: false, apply });
      this.#client.socket.send(keys);
    });
  }

  /** A reply confirms the quiet commands before it, too: they were carried out in order. */
  #confirm(reply: string): void {
    this.#onConfirmed();
    if (refusal.test(reply)) this.#refusals.push(reply);
    const step = this.#noteConfirmed();
    if (step?.onCreated) {
      step.onCreated(/"tkn":"(\d+)"/.exec(reply)?.[1] ?? '');
      step.apply(this.#predicted);
    }
  }

  /** @returns The one with the reply. */
  #noteConfirmed(): Step | undefined {
    const nowMs = Date.now();
    let step: Step | undefined;
    do {
      step = this.#steps[this.#confirmedAtMs.length];
      this.#confirmedAtMs.push(nowMs);
    } while (step?.isQuiet === true);
    return step;
  }
}

export function copyOf(sessions: Sessions): Sessions {
  return new Map([...sessions].map(([token, keys]) => [token, new Map(keys)]));
}
