import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import type { Right } from '../../protocol/inspection/rights.ts';
import type { Inspector } from './inspector.ts';
import type { InspectionPart } from './inspectionPart.ts';

/** What became of a command. */
export type ActOutcome =
  | {
      readonly state: 'answered';
      /** Absent: a quiet command has succeeded. */
      readonly reply: string | undefined;
      /** Id of the session that it is about, or made. */
      readonly session: string | undefined;
    }
  /** The right that is missing; absent: the key is for some sessions only. */
  | { readonly state: 'refused'; readonly right: Right | undefined }
  /** There is no connection, or it was lost: it may have been carried out or not. */
  | { readonly state: 'lost' };

/** Sends commands of a person to the server, which puts in the token of the session. */
export class Acts implements InspectionPart {
  readonly #ask: (request: InspectionRequest) => boolean;
  readonly #waiting = new Map<number, (outcome: ActOutcome) => void>();
  #number = 0;

  constructor(ask: (request: InspectionRequest) => boolean) {
    this.#ask = ask;
  }

  /**
   * @param message Without `tkn`.
   * @param session Its id; absent for a command that names none.
   */
  run(message: string, session?: string): Promise<ActOutcome> {
    this.#number += 1;
    const number = this.#number;
    if (!this.#ask({ type: 'act', number, session, message })) {
      return Promise.resolve({ state: 'lost' });
    }
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
    });
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'acted') {
      const { number, reply, session } = event;
      this.#settle(number, { state: 'answered', reply, session });
    } else if (event.type === 'refused' && event.request === 'act') {
      this.#settle(event.number ?? 0, { state: 'refused', right: event.right });
    }
  }

  onLost(): void {
    for (const number of this.#waiting.keys()) this.#settle(number, { state: 'lost' });
  }

  #settle(number: number, outcome: ActOutcome): void {
    const resolve = this.#waiting.get(number);
    this.#waiting.delete(number);
    resolve?.(outcome);
  }
}

const known = new WeakMap<Inspector, Acts>();

/** Those of an inspector, for all of its views. */
export function actsOf(inspector: Inspector): Acts {
  const acts = known.get(inspector) ?? new Acts((request) => inspector.ask(request));
  if (!known.has(inspector)) inspector.add(acts);
  known.set(inspector, acts);
  return acts;
}
