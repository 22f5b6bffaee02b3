import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Token } from '../../protocol/token.ts';
import { InspectionAnswers } from './inspectionAnswers.ts';

type Peeked = Extract<InspectionEvent, { type: 'peeked' }>;

interface Peer {
  /** @returns false when there is no connection to ask over. */
  send: (request: InspectionRequest) => boolean;
}

/** Questions about any session, also one that is not watched. Asking touches none. */
export class SessionQuestions {
  readonly #peer: Peer;
  readonly #peeks = new InspectionAnswers<Peeked>();
  readonly #tokens = new InspectionAnswers<Token>();

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /**
   * A look at the session of a token that somebody has already: does it live, and what are its
   * first keys?
   * @returns undefined when it is not known.
   */
  peek(token: string): Promise<Peeked | undefined> {
    return this.#peeks.wait(token, () => this.#peer.send({ type: 'peek', token }));
  }

  /** A session's token, without showing it. Only when a person asks for it. */
  askToken(id: string): Promise<Token | undefined> {
    return this.#tokens.wait(id, () => this.#peer.send({ type: 'reveal', id }));
  }

  /** Takes the answers out of what the server pushes. */
  receive(event: InspectionEvent): void {
    if (event.type === 'peeked') this.#peeks.give(event.token, event);
    if (event.type === 'token') this.#tokens.give(event.id, event.token ?? undefined);
    const question = notAnswered(event);
    if (question?.type === 'peek') this.#peeks.give(question.token ?? '', undefined);
    if (question?.type === 'reveal') this.#tokens.give(question.id ?? '', undefined);
  }

  /** The connection is gone: nothing will be answered any more. */
  drop(): void {
    this.#peeks.drop();
    this.#tokens.drop();
  }
}

/** The question that gets no answer, with what it was known by; undefined: the event says nothing of that. */
export function notAnswered(event: InspectionEvent) {
  if (event.type === 'unanswered') return { ...event, type: event.question };
  return event.type === 'refused' ? { ...event, type: event.request } : undefined;
}
