import { writeInspectionEvent, type InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { catalog, isCommandName } from '../../../protocol/commands/catalog.ts';
import {
  asJsonText,
  kindOf,
  membersInSteps,
  quote,
  type JsonText,
} from '../../../protocol/json/jsonText.ts';
import { readJsonInSteps } from '../../../protocol/json/readJson.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { readToken, writeToken, type Token } from '../../../protocol/token.ts';
import { replyNameOf } from '../../../protocol/wire/replyName.ts';
import { writeRefusal, type Refusal as WireRefusal } from '../../../protocol/wire/reply.ts';
import { readRequestInSteps, type RequestFrame } from '../../../protocol/wire/request.ts';
import { failureReply, type Dispatch } from '../../commands/dispatch.ts';
import type { Eventually } from '../../eventually.ts';
import { traceOf, type Log } from '../../log.ts';
import type { SessionIds } from '../../store/sessionIds.ts';
import type { SessionStore } from '../../store/sessionStore.ts';
import type { Message } from '../../sockets/pipeline.ts';
import { inTurns } from '../../turns.ts';
import { maskedToken } from '../maskedMessage.ts';
import { refusedEvent, whyRefused, type Refusal } from '../rights/door.ts';
import type { Grant } from '../rights/grant.ts';

export type ActRequest = Extract<InspectionRequest, { type: 'act' }>;

export interface ActParts {
  readonly store: Pick<SessionStore, 'viewSessions'>;
  /** What the inspector may do. */
  readonly grant: Pick<Grant, 'rights'>;
  readonly idOf: SessionIds;
  /** The door for inspectors. */
  readonly dispatch: Dispatch;
  /** Number of the inspector's connection: who caused a change. */
  readonly connection: number;
  readonly log: Log;
}

interface Begun {
  readonly reply: Eventually<string | null>;
  /** The inspector may not do this. */
  readonly refusal?: Refusal;
}

/**
 * Carries out commands for one inspector. It has no token: it names the session by its id. A message goes through
 * the same door as those of clients, in the order in which they came.
 */
export class Acts {
  readonly #parts: ActParts;
  /** Settles when the last one has begun. */
  #begun: Promise<unknown> = Promise.resolve();

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async carryOut(request: ActRequest): Promise<string> {
    const begun = this.#begun.then(() => this.#begin(request));
    this.#begun = begun.catch(() => undefined);
    try {
      const { reply, refusal: refused } = await begun;
      if (refused) return writeInspectionEvent(refusedEvent(request, refused));
      return writeInspectionEvent(await this.#acted(request, await reply));
    } catch (error) {
      // A bug: the request gets status 1000; socket and process stay.
      this.#parts.log.error(`A command of an inspector failed: ${traceOf(error)}`);
      const reply = failureReply(request.message);
      return writeInspectionEvent({ ...request, type: 'acted', reply });
    }
  }

  /** In an object, as the next one does not wait for the reply. */
  async #begin({ session, message }: ActRequest): Promise<Begun> {
    const { store, grant, dispatch, connection } = this.#parts;
    const request = await inTurns(readRequestInSteps(message));
    const why =
      request.ok && whyRefused({ type: 'command', name: request.value.name }, grant.rights);
    if (why) return { reply: null, refusal: why };
    // What is wrong with it is answered behind the door, as for every client.
    if (!request.ok || !takesToken(request.value)) return { reply: dispatch(message, connection) };
    const frame = request.value;
    const members = await inTurns(membersInSteps(frame.body));
    // It might be of another session than the one that is named.
    if (members.has('tkn')) return { reply: refusal(frame, ownToken) };
    if (session === undefined) return { reply: dispatch(message, connection) };
    const views = await store.viewSessions([session]);
    if (!views.ok) return { reply: refusal(frame, views.refusal) };
    const [view] = views.value;
    // For a key with a prefix, others are not there.
    if (!view?.name.startsWith(grant.rights.prefix)) return { reply: refusal(frame, noSession) };
    return { reply: dispatch(withToken(frame, view.token), connection) };
  }

  async #acted({ number, session }: ActRequest, reply: string | null): Promise<InspectionEvent> {
    if (reply === null) return { type: 'acted', number, session, reply: undefined };
    const { text, token } = await inTurns(maskedReply(reply));
    return {
      type: 'acted',
      number,
      session: token ? this.#parts.idOf(token) : session,
      reply: text,
    };
  }
}

const barrierCommand = /"message":"\s*\{\s*\\"([A-Z_]+)\\"/;

/** Whether a request is `act` with a command that must run alone among those of its connection. */
export function isBarrierAct(message: Message): boolean {
  const beginning = message?.toString('latin1', 0, 256) ?? '';
  if (!beginning.startsWith('{"act"')) return false;
  const name = barrierCommand.exec(beginning)?.[1];
  // One that is spelled in an unusual way counts as a barrier, which is safe.
  return name === undefined || !isCommandName(name) || 'isBarrier' in catalog[name];
}

const noSession: WireRefusal = { status: 'SessionNotExist', param: '' };
const ownToken: WireRefusal = { status: 'CommandSyntax', param: 'tkn' };

function takesToken({ name }: RequestFrame): boolean {
  return 'tkn' in catalog[name].params;
}

function refusal({ name }: RequestFrame, why: WireRefusal): string {
  return writeRefusal(replyNameOf(name), why);
}

function withToken({ name, body }: RequestFrame, token: Token): string {
  const rest = body.slice(body.indexOf('{') + 1).trimStart();
  const comma = rest.startsWith('}') ? '' : ',';
  return `{"${name}":{"tkn":${writeToken(token)}${comma}${rest}}`;
}

/** A reply with its tokens masked, and the one that it had. A number is the status of a key of that name. */
function* maskedReply(reply: string): Steps<{ text: string; token: Token | undefined }> {
  const json = yield* readJsonInSteps(reply);
  const [named] = json.ok ? yield* membersInSteps(json.value) : [];
  if (!named) return { text: reply, token: undefined };
  const [name, body] = named;
  const members = yield* membersInSteps(body);
  const parts = [...members].map(([key, value]) => `${quote(key)}:${maskedMember(key, value)}`);
  const token = readToken(members.get('tkn'));
  return { text: `{${quote(name)}:{${parts.join(',')}}}`, token };
}

function maskedMember(name: string, value: JsonText): JsonText {
  const kind = kindOf(value);
  const isToken = (name === 'tkn' && kind === 'string') || (name === 'exist' && kind === 'array');
  return isToken ? maskedToken(value) : asJsonText(value);
}
