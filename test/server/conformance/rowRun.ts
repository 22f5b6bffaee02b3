import type { FakeClock } from '../fakeClock.ts';
import type { Row } from './row.ts';

const place = /<(?<token>[A-Z])>|<now(?:\+(?<seconds>\d+))?>/g;

/** Sends a request, binary if it is a buffer. @returns All that is answered; two replies with " and " between. */
type Ask = (request: string | Buffer) => Promise<string>;

/** One row, against a server that is asked in some way. */
export class RowRun {
  readonly #clock: FakeClock;
  readonly #ask: Ask;
  readonly #tokens = new Map<string, string>();

  private constructor(clock: FakeClock, ask: Ask) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Begins on a full second, wherever the waits of the last row led, with nothing but a session "demo". */
  static async begin(clock: FakeClock, ask: Ask): Promise<RowRun> {
    clock.advanceWithoutTimers(1000 - (clock.nowMs() % 1000));
    const run = new RowRun(clock, ask);
    await ask('{"SH_END_ALL":{}}');
    await run.#prepare('T = {"SH_NEW":{"name":"demo"}}');
    return run;
  }

  async reply({ given, send, expect: wanted }: Row): Promise<string> {
    for (const line of given) await this.#prepare(line);
    const reply = await this.#replyTo(send);
    return wanted.includes('<?>') ? reply.replace(/"tkn":"[1-9]\d{0,19}"/, '"tkn":"<?>"') : reply;
  }

  /** Puts in what is known only now. */
  fill(text: string): string {
    return text.replaceAll(place, (_, token: string | undefined, seconds: string | undefined) => {
      if (token !== undefined) return this.#tokens.get(token) ?? `no token ${token}`;
      return String(Math.floor(this.#clock.nowMs() / 1000) + Number(seconds ?? 0));
    });
  }

  #replyTo(request: string | Buffer): Promise<string> {
    return this.#ask(typeof request === 'string' ? this.fill(request) : request);
  }

  async #prepare(line: string): Promise<void> {
    const [, seconds] = /^wait ([\d.]+)$/.exec(line) ?? [];
    if (seconds !== undefined) {
      // Not by the timers: every look must find the session expired, sweep or no sweep (D14, D40).
      this.#clock.advanceWithoutTimers(Number(seconds) * 1000);
      return;
    }
    const [, name, request = line] = /^([A-Z]) = (.*)$/s.exec(line) ?? [];
    const reply = await this.#replyTo(request);
    if (name !== undefined) this.#tokens.set(name, /"tkn":"(\d+)"/.exec(reply)?.[1] ?? 'none');
  }
}
