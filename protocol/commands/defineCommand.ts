import type { Codec, Decoded } from '../codec/codec.ts';
import { membersOf, type JsonText } from '../json/jsonText.ts';
import type { LongJson } from '../json/longJson.ts';
import type { Param, ParamFault, Read } from '../codec/params.ts';
import { ok, refused, type Result } from '../result.ts';
import type { StatusName } from '../status.ts';
import { longTextLength, type Steps } from '../steps.ts';

/** Which members beyond the defined ones a command refuses (`docs/protocol.md` §2.2). */
export interface MemberCount {
  readonly atLeast: number;
  readonly atMost: number;
  /** Whether members are counted before the parameters are read, or after. */
  readonly counted: 'first' | 'last';
}

/** A request and the reply that it gets; `{{tkn}}` stands for the token of session "demo". */
export interface CommandExample {
  /** Requests that a server must have carried out before. Session "demo" is always there. */
  readonly given?: readonly string[];
  /** JSON text of the whole request. */
  readonly request: string;
  /** JSON text of the whole reply, or null where a quiet command says nothing. `{{…}}` matches anything. */
  readonly reply: string | null;
}

/** What one entry of the catalog holds. Everything that knows a command reads it from here. */
export interface CommandSpec<P extends Record<string, Param<unknown>>, R> {
  readonly family: 'session' | 'key' | 'server';
  /** One line, for lists. */
  readonly summary: string;
  /** A paragraph, for hovers and the reference. */
  readonly description: string;
  readonly params: P;
  /** Order in which parameters are checked; by default `tkn` last, the others as declared. */
  readonly checkOrder?: readonly (keyof P & string)[];
  /** Answers `CommandDisabled`, before any other check, where saving is switched off. */
  readonly needsPersistence?: true;
  /** Absent: surplus members are ignored. */
  readonly memberCount?: MemberCount;
  /** Refuses every member that it does not define, with `CommandSyntax` after the parameters. */
  readonly refusesSurplus?: true;
  readonly reply: Codec<R>;
  /** Statuses that `st` or a key can have in a reply, first the good ones; those of the store follow from the facts. */
  readonly statuses: readonly StatusName[];
  /** The reply has a status for each key, in place of `st`. */
  readonly hasKeyStatuses?: true;
  /**
   * Members of the reply whose values differ from run to run: times, totals over all sessions,
   * versions. Dots lead into objects: `expiry.time`. Tokens are no part of it.
   */
  readonly volatile?: readonly string[];
  /** Says nothing on success. */
  readonly isQuiet?: true;
  /** Not of the original protocol, but an addition of ours (`docs/protocol.md` §12). */
  readonly isOwn?: true;
  /** The option of SH_NEW with which it restarts the time of a session when it is carried out. */
  readonly extendsWith?: 'extendOnSetAdd' | 'extendOnGet';
  /**
   * Waits for the requests of its connection that came before, and those after wait for it, as it
   * is about more than one session.
   */
  readonly isBarrier?: true;
  /** Changes what is stored. */
  readonly isMutating: boolean;
  /**
   * Deletes data, or has another effect when it is sent later or twice. Tools ask before they send
   * it, and never keep it waiting for a connection.
   */
  readonly isDangerous: boolean;
  /**
   * Reaches more than what it names, and nothing brings it back: at a production server a person
   * confirms it first by typing. Always dangerous as well.
   */
  readonly asksInProduction?: true;
  readonly example: CommandExample;
}

/** An entry of the catalog, whatever its types. */
export type AnyCommand = CommandSpec<Record<string, Param<unknown>>, unknown>;

/** The parameters of a command as its handler gets them. */
export type ParamsOfSpec<C> =
  C extends CommandSpec<infer P, unknown> ? { readonly [K in keyof P]: Read<P[K]> } : never;

/** The reply of a command as its handler gives it; null is silence, for quiet commands only. */
export type ReplyOfSpec<C> = C extends { reply: infer R; isQuiet: true }
  ? Decoded<R> | null
  : C extends { reply: infer R }
    ? Decoded<R>
    : never;

/** Checks an entry's types and hands it back with all of them kept. */
export function defineCommand<
  P extends Record<string, Param<unknown>>,
  R,
  const C extends CommandSpec<P, R>,
>(spec: C & CommandSpec<P, R>): C {
  return spec;
}

/**
 * Reads a request's body by the rules of its command, in the order that the protocol fixes.
 * @param body An object text.
 * @returns The parameters by name, or the first fault.
 */
export function readParams(
  command: AnyCommand,
  body: JsonText,
): Result<Record<string, unknown>, ParamFault> {
  return paramsOf(command, membersOf(body));
}

/** As {@link readParams}, for a long text. */
export function* readParamsInSteps(
  command: AnyCommand,
  body: LongJson,
): Steps<Result<Record<string, unknown>, ParamFault>> {
  const members = yield* body.members();
  const early = new Map<string, Result<unknown, ParamFault>>();
  for (const [name, param] of Object.entries(command.params)) {
    const text = members.get(name);
    if (!param.readInSteps || text === undefined || text.length < longTextLength) continue;
    const value = body.member(name, text);
    // Of keys with any values, the members are the parameter.
    const isRead = param.plainForm === 'members' && value.isOutlined;
    early.set(name, isRead ? ok(yield* value.members()) : yield* param.readInSteps(text));
  }
  return paramsOf(command, members, early);
}

/** @param early Parameters that have been read. */
function paramsOf(
  command: AnyCommand,
  members: Members,
  early?: ReadParams,
): Result<Record<string, unknown>, ParamFault> {
  if (isCountOff(command, members, 'first')) return countRefused;
  const params: Record<string, unknown> = {};
  for (const name of checkOrderOf(command)) {
    const param = command.params[name];
    if (!param) continue;
    const read = early?.get(name) ?? readParam(name, param, members);
    if (!read.ok) return read;
    params[name] = read.value;
  }
  if (isCountOff(command, members, 'last')) return countRefused;
  return hasSurplus(command, members) ? countRefused : ok(params);
}

const countRefused = refused<ParamFault>({ status: 'CommandSyntax', param: '' });

type ReadParams = ReadonlyMap<string, Result<unknown, ParamFault>>;

function isCountOff(
  { memberCount }: AnyCommand,
  { size }: Members,
  when: MemberCount['counted'],
): boolean {
  if (memberCount?.counted !== when) return false;
  return size < memberCount.atLeast || size > memberCount.atMost;
}

type Members = ReadonlyMap<string, JsonText>;

function readParam(
  name: string,
  param: Param<unknown>,
  members: Members,
): Result<unknown, ParamFault> {
  const { neededWithout } = param;
  const isNeeded = neededWithout !== undefined && !members.has(neededWithout);
  if (isNeeded && !members.has(name)) return refused({ status: 'ParamMissing', param: name });
  return param.read(members.get(name));
}

function hasSurplus({ refusesSurplus, params }: AnyCommand, members: Members): boolean {
  if (!refusesSurplus) return false;
  return [...members.keys()].some((name) => !Object.hasOwn(params, name));
}

function checkOrderOf(command: AnyCommand): readonly string[] {
  if (command.checkOrder) return command.checkOrder;
  const names = Object.keys(command.params).filter((name) => name !== 'tkn');
  return 'tkn' in command.params ? [...names, 'tkn'] : names;
}
