import type { Clock } from '../../../protocol/clock.ts';
import { readInspectionEvent, type InspectionEvent } from '../../../protocol/inspection/events.ts';
import {
  writeInspectionRequest,
  type InspectionRequest,
} from '../../../protocol/inspection/requests.ts';
import type { OtherServers, ServerRef } from '../../store/otherServers.ts';
import { readServerMessage, writeServerMessage, type Ask } from './serverMessages.ts';
import { ServedWatches, type ServedParts } from '../servedWatches.ts';

/** A server that is asked something once has so long to answer, in milliseconds. */
const answersWithinMs = 5_000;

/** Takes an answer. */
type Take = (from: string, answer: { sequence: number; event: InspectionEvent }) => void;

/** What a server is asked. */
interface Question extends Pick<Ask, 'within' | 'isWhole'> {
  readonly request: InspectionRequest;
}

interface OtherParts extends Omit<ServedParts, 'send' | 'id'> {
  readonly others: OtherServers;
}

/** Asks other servers that share the store for what inspectors here want to see, and answers those of others. */
export class OtherInspections {
  readonly #others: OtherServers;
  readonly #clock: Clock;
  readonly #served: ServedWatches;
  readonly #takes = new Map<number, Take>();
  #lastNumber = 0;

  constructor({ others, ...parts }: OtherParts) {
    this.#others = others;
    this.#clock = parts.clock;
    const send = (id: string, text: string) => others.send(id, text);
    this.#served = new ServedWatches({ ...parts, send, id: others.own.id });
    others.receive((text) => this.#receive(text));
  }

  get own(): ServerRef {
    return this.#others.own;
  }

  list(): readonly ServerRef[] {
    return this.#others.list();
  }

  /** While an inspector is open here. @returns Ends that. */
  open(): () => void {
    return this.#others.open();
  }

  close(): void {
    this.#served.close();
  }

  /** @returns What a request that expects answers is known by. */
  expect(take: Take): number {
    this.#lastNumber += 1;
    this.#takes.set(this.#lastNumber, take);
    return this.#lastNumber;
  }

  /** Asks a server, once; to be repeated for what is watched. */
  ask(id: string, number: number, { request, ...more }: Question): void {
    const text = writeInspectionRequest(request);
    const { id: from } = this.own;
    this.#others.send(
      id,
      writeServerMessage({ type: 'ask', from, number, request: text, ...more }),
    );
  }

  /** Expects nothing more. @param ids Servers that have been asked. */
  end(number: number, ids: Iterable<string>): void {
    this.#takes.delete(number);
    const text = writeServerMessage({ type: 'end', from: this.own.id, number });
    for (const id of ids) this.#others.send(id, text);
  }

  /** Closes a connection of another server. @returns Whether there was one; undefined: nobody knows. */
  cut(
    server: string,
    request: Extract<InspectionRequest, { type: 'cut' }>,
  ): Promise<boolean | undefined> {
    const [named, ...more] = this.list().filter(({ name }) => name === server);
    // Of two with one name it might be the wrong one.
    if (!named || more.length > 0) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (wasOpen: boolean | undefined) => {
        stopTimer();
        this.end(number, []);
        resolve(wasOpen);
      };
      const stopTimer = this.#clock.setTimer(() => settle(undefined), answersWithinMs);
      const number = this.expect((from, { event }) => {
        if (from === named.id && event.type === 'cut') settle(event.wasOpen);
      });
      this.ask(named.id, number, { request, within: '' });
    });
  }

  #receive(text: string): void {
    const message = readServerMessage(text);
    switch (message?.type) {
      case 'ask':
        this.#served.take(message);
        break;
      case 'end':
        this.#served.end(message);
        break;
      case 'answer': {
        const event = readInspectionEvent(message.event);
        const { from, number, sequence } = message;
        if (event) this.#takes.get(number)?.(from, { sequence, event });
        break;
      }
      case undefined:
        break;
    }
  }
}
