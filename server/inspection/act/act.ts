import { writeInspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { catalog, isCommandName, type CommandName } from '../../../protocol/commands/catalog.ts';
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
import { unsigned } from '../../../protocol/codec/codec.ts';
import { replyNameOf } from '../../../protocol/wire/replyName.ts';
import { writeRefusal, type Refusal as WireRefusal } from '../../../protocol/wire/reply.ts';
import { readRequestInSteps, type LongRequest } from '../../../protocol/wire/request.ts';
import { failureReply, type Dispatch } from '../../commands/dispatch.ts';
import type { Eventually } from '../../eventually.ts';
import { traceOf, type Log } from '../../log.ts';
import type { SessionIds } from '../../store/sessionIds.ts';
import type { SessionStore } from '../../store/sessionStore.ts';
import type { Message } from '../../sockets/waitingRequests.ts';
import { inTurns } from '../../turns.ts';
import type { AuditList, Audited } from '../audit/auditList.ts';
import { maskedToken } from '../maskedMessage.ts';
import { commandNeeds } from '../rights/commands.ts';
import { refusedEvent, whyRefused, type Refusal } from '../rights/door.ts';
import type { Grant } from '../rights/grant.ts';

export type ActRequest = Extract<InspectionRequest, { type: 'act' }>;

export interface ActParts {
  readonly store: Pick<SessionStore, 'viewSessions'>;
  /** What the inspector may do. */
  readonly grant: Grant;
  readonly idOf: SessionIds;
  /** The door for inspectors. */
  readonly dispatch: Dispatch;
  /** Number of the inspector's connection: who caused a change. */
  readonly connection: number;
  readonly log: Log;
  readonly audit: AuditList;
  /** Where the inspector is. */
  readonly address: string | undefined;
}

interface Begun {
  /** Absent: the message named no command that there is. */
  readonly command: CommandName | undefined;
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
      const { reply, command, refusal: refused } = await begun;
      if (refused) {
        const { right } = refused;
        this.#note({ action: 'refused', command, session: request.session, right });
        return writeInspectionEvent(refusedEvent(request, refused));
      }
      const { event, status } = await this.#acted(request, await reply);
      const action = command && actionOf(command);
      if (action) this.#note({ action, command, session: event.session, status });
      return writeInspectionEvent(event);
    } catch (error) {
      // A bug: the request gets status 1000; socket and process stay.
      this.#parts.log.error(`A command of an inspector failed: ${traceOf(error)}`);
      const reply = failureReply(request.message);
      return writeInspectionEvent({ ...request, type: 'acted', reply });
    }
  }

  /** In an object, as the next one does not wait for the reply. */
  async #begin({ session, message }: ActRequest): Promise<Begun> {
    const { grant, dispatch, connection } = this.#parts;
    const request = await inTurns(readRequestInSteps(message));
    const why =
      request.ok && whyRefused({ type: 'command', name: request.value.name }, grant.rights);
    // What is wrong with it is answered behind the door, as for every client.
    if (!request.ok) return { command: undefined, reply: dispatch(message, connection) };
    const command = request.value.name;
    if (why) return { command, reply: null, refusal: why };
    return { command, ...(await this.#dispatched(request.value, { session, message })) };
  }

  async #dispatched(
    frame: LongRequest,
    { session, message }: Pick<ActRequest, 'session' | 'message'>,
  ): Promise<Pick<Begun, 'reply'>> {
    const { store, grant, dispatch, connection } = this.#parts;
    if (!takesToken(frame)) return { reply: dispatch(message, connection) };
    const members = await inTurns(frame.body.members());
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

  #note(audited: Omit<Audited, 'key' | 'address'>): void {
    const { audit, grant, address } = this.#parts;
    audit.note({ key: grant.name, address, ...audited });
  }

  async #acted({ number, session }: ActRequest, reply: string | null) {
    const acted = { type: 'acted', number } as const;
    if (reply === null)
      return { event: { ...acted, session, reply: undefined }, status: undefined };
    const { text, token, status } = await inTurns(maskedReply(reply));
    const about = token ? this.#parts.idOf(token) : session;
    return { event: { ...acted, session: about, reply: text }, status };
  }
}

/** What a command is in the audit list; undefined: it only reads. */
function actionOf(command: CommandName): 'change' | 'end' | undefined {
  const { rights } = commandNeeds[command];
  if (rights.includes('end')) return 'end';
  return rights.includes('change') ? 'change' : undefined;
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

function takesToken({ name }: LongRequest): boolean {
  return 'tkn' in catalog[name].params;
}

function refusal({ name }: LongRequest, why: WireRefusal): string {
  return writeRefusal(replyNameOf(name), why);
}

function withToken({ name, body }: LongRequest, token: Token): string {
  const { json } = body;
  const rest = json.slice(json.indexOf('{') + 1).trimStart();
  const comma = rest.startsWith('}') ? '' : ',';
  return `{"${name}":{"tkn":${writeToken(token)}${comma}${rest}}`;
}

interface MaskedReply {
  readonly text: string;
  readonly token: Token | undefined;
  readonly status: number | undefined;
}

/** A reply with its tokens masked, and the one that it had. A number is the status of a key of that name. */
function* maskedReply(reply: string): Steps<MaskedReply> {
  const json = yield* readJsonInSteps(reply);
  const [named] = json.ok ? yield* membersInSteps(json.value) : [];
  if (!named) return { text: reply, token: undefined, status: undefined };
  const [name, body] = named;
  const members = yield* membersInSteps(body);
  const parts = [...members].map(([key, value]) => `${quote(key)}:${maskedMember(key, value)}`);
  const token = readToken(members.get('tkn'));
  const st = members.get('st');
  const status = st === undefined ? undefined : unsigned.read(st);
  return { text: `{${quote(name)}:{${parts.join(',')}}}`, token, status };
}

function maskedMember(name: string, value: JsonText): JsonText {
  const kind = kindOf(value);
  const isToken = (name === 'tkn' && kind === 'string') || (name === 'exist' && kind === 'array');
  return isToken ? maskedToken(value) : asJsonText(value);
}
