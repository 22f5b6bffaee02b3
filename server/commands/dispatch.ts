import { performance } from 'node:perf_hooks';
import {
  catalog,
  commandNames,
  isCommandName,
  type CommandName,
} from '../../protocol/commands/catalog.ts';
import { readParams, readParamsInSteps } from '../../protocol/commands/defineCommand.ts';
import { readRequest, readRequestInSteps } from '../../protocol/wire/request.ts';
import type { CheckedParams } from '../../protocol/commands/plainParams.ts';
import { readPlainRequest } from '../../protocol/wire/plainRequest.ts';
import { replyNameOf } from '../../protocol/wire/replyName.ts';
import { writeFrameRefusal, type Refusal } from '../../protocol/wire/reply.ts';
import type { Result } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import { longTextLength, type Steps } from '../../protocol/steps.ts';
import { settling, type Held, type Hold, type Holds, type Eventually } from '../eventually.ts';
import { inTurns } from '../turns.ts';
import type { Cause } from '../store/changes.ts';
import { Answers, commandNamed, refusedFrame, type Answer } from './answer.ts';
import { atomicHandlers } from './atomic.ts';
import { dataSetHandlers } from './dataSets.ts';
import type { CommandDeps, Handlers } from './handler.ts';
import { keyValueHandlers } from './keyValues.ts';
import { queryHandlers } from './queries.ts';
import { detachText } from '../store/detachText.ts';
import { readOnly } from '../store/refusals.ts';
import { defaultStoreLimits } from '../store/storeLimits.ts';
import { serverHandlers } from './server.ts';
import { sessionHandlers } from './sessions.ts';
import { afterEventually, mapEventually } from '../eventually.ts';
import { plainName } from './barrier.ts';
import { heldBack, type Asked, type HeldDoor } from './heldReply.ts';

/** Does what is in a long message, with others in between. */
export type DoLong = <T>(steps: Steps<Eventually<T>>) => Eventually<T>;

/**
 * Text of a message → text of its reply, or null for silence.
 * @param text Null: the message is binary.
 * @param connection Number of the connection that it came from.
 * @param doLong Reads the message, if it is long, until its command has begun; absent: in turns with others.
 */
export interface Dispatch {
  (text: string | null, connection: number, doLong?: DoLong): Eventually<string | null>;
  /** The same, for a caller that can let replies wait. */
  readonly holding?: HoldingDispatch;
}

export type HoldingDispatch = (...asked: Parameters<Dispatch>) => Eventually<string | null> | Held;

/** Counts what was answered. */
export interface CommandRecorder {
  /**
   * @param command Absent: the message named no command that there is.
   * @param status Code of the whole reply. One with a status for each key, or with none, counts as Ok.
   * @param durationMs From the message to its reply.
   */
  record(command: CommandName | undefined, status: number, durationMs: number): void;
}

/** Sees what clients send and are answered. */
export interface CommandObserver {
  /** Whether {@link note} is to be called. */
  readonly isWatched: boolean;
  /** @param durationMs As {@link CommandRecorder.record} has it. */
  note(answer: Answer, asked: Asked, durationMs: number): void;
}

type Door = (
  text: string | null,
  connection: number,
  doLong: DoLong | undefined,
) => Eventually<Answer>;

type AnyHandler = (
  params: Record<string, unknown>,
  cause: Cause,
) => Eventually<Result<unknown, Refusal>>;

export interface DispatchOptions {
  /** Absent: nothing is counted. */
  readonly recorder?: CommandRecorder;
  /** Needs a recorder. */
  readonly observer?: CommandObserver;
  /** Commands that the operator has switched off (status 14). */
  readonly disabled?: ReadonlySet<CommandName> | undefined;
  /** What changes data is refused (status 902), and reading moves no deadline. */
  readonly isReadOnly?: boolean | undefined;
  /** Only inspectors come through this door: causes and observers get this mark. */
  readonly isConsole?: boolean | undefined;
  /** Called with how many tokens of a request of this connection named no session, where any did. */
  readonly onMisses?: ((connection: number, misses: number) => void) | undefined;
  /** Characters of keys and values in one reply (status 903 beyond); absent: as many as the heap has room for. */
  readonly maxReplyLength?: number;
  /** Reads requests of the usual kind in one pass; absent: as in a server. Tests hand in one that reads none. */
  readonly readPlain?: typeof readPlainRequest;
}

const nothingDisabled: ReadonlySet<CommandName> = new Set();

/** Makes the one door through which every command goes. */
export function createDispatch(deps: CommandDeps, options: DispatchOptions = {}): Dispatch {
  const { recorder } = options;
  const door = createDoor(deps, options);
  if (recorder) {
    const holding = recorded(door, recorder, { ...options, holds: deps.store.holds });
    return Object.assign((...asked: Parameters<Dispatch>) => settling(holding(...asked)), {
      holding,
    });
  }
  return (text, connection, doLong) =>
    mapEventually(door(text, connection, doLong), ({ reply }) => reply);
}

function recorded(
  door: Door,
  recorder: CommandRecorder,
  { observer, isConsole = false, holds }: DispatchOptions & { readonly holds: Holds | undefined },
): HoldingDispatch {
  const record = ({ command, status, reply }: Answer, startedMs: number) => {
    recorder.record(command, status, performance.now() - startedMs);
    return reply;
  };
  const observe = (answer: Answer, asked: Asked) => {
    const durationMs = performance.now() - asked.startedMs;
    observer?.note(answer, asked, durationMs);
    recorder.record(answer.command, answer.status, durationMs);
    return answer.reply;
  };
  const finish = (answer: Answer, asked: Asked) =>
    observer?.isWatched ? observe(answer, asked) : record(answer, asked.startedMs);
  const fail = (error: unknown, asked: Asked): never => {
    const command = commandIn(asked.text);
    finish({ command, status: statusCode('Unknown'), reply: null }, asked);
    throw error;
  };
  const finishLate = (answer: Promise<Answer>, asked: Asked) =>
    answer.then(
      (late) => finish(late, asked),
      (error: unknown) => fail(error, asked),
    );
  const again = (asked: Asked) => {
    const answer = door(asked.text, asked.connection, undefined);
    return answer instanceof Promise ? finishLate(answer, asked) : finish(answer, asked);
  };
  const isWatched = () => observer?.isWatched === true;
  const heldDoor: HeldDoor = { isConsole, finish, again, fail, isWatched };
  return (text, connection, doLong) => {
    const startedMs = performance.now();
    let answer: Eventually<Answer>;
    let hold: Hold | undefined;
    holds?.begin();
    try {
      answer = door(text, connection, doLong);
    } catch (error) {
      return fail(error, { text, connection, startedMs, isConsole });
    } finally {
      hold = holds?.end();
    }
    // Without an object for each message where none is needed.
    if (!hold && !(answer instanceof Promise) && !observer?.isWatched) {
      return record(answer, startedMs);
    }
    const asked = { text, connection, startedMs, isConsole };
    if (hold) return heldBack(heldDoor, answer, { hold, asked });
    return answer instanceof Promise ? finishLate(answer, asked) : observe(answer, asked);
  };
}

function createDoor(deps: CommandDeps, options: DispatchOptions): Door {
  const { disabled = nothingDisabled, isReadOnly = false, isConsole = false, onMisses } = options;
  const { maxReplyLength = defaultStoreLimits.maxReplyLength, readPlain = readPlainRequest } =
    options;
  const { persistEnabled } = deps.facts;
  const handlers = handlersOf(deps);
  const causeOf = createCauses(options);
  const doorOf = (name: CommandName): CommandDoor => ({
    name,
    handler: handlers[name] as AnyHandler, // The table is checked; the name is only known now.
    isOff: disabled.has(name) || (catalog[name].needsPersistence === true && !persistEnabled),
    isRefused: isReadOnly && catalog[name].isMutating,
    answers: new Answers(name, maxReplyLength),
  });
  // What is known of a command is looked up once for a request.
  const doors = byCommand(doorOf);
  const carryOut = (door: CommandDoor, params: CheckedParams, connection: number) => {
    const { name, handler, isRefused, answers } = door;
    if (isRefused) return answers.refused(readOnly().refusal);
    return afterEventually(handler(params, causeOf(connection, name)), (result) => {
      const misses = answers.missesIn(params, result);
      if (misses > 0) onMisses?.(connection, misses);
      return answers.to(result);
    });
  };
  const carryOutRead = (door: CommandDoor, params: ReadParams, connection: number) =>
    params.ok ? carryOut(door, params.value, connection) : door.answers.refused(params.refusal);
  function* inSteps(text: string, connection: number): Steps<Eventually<Answer>> {
    const request = yield* readRequestInSteps(text);
    if (!request.ok) return refusedFrame(request.refusal);
    const { name, body } = request.value;
    const door = doors[name];
    if (door.isOff) return door.answers.refused(commandOff);
    return carryOutRead(door, yield* readParamsInSteps(catalog[name], body), connection);
  }
  // Many are of the same command as the one before.
  let last = doors.KV_SET;
  return (text, connection, doLong = inTurns) => {
    if (text === null) return refusedFrame({ replyName: 'ERR', status: 'PayLoadInvalid' });
    if (text.length >= longTextLength) return doLong(inSteps(text, connection));
    // V8 may keep an inspector's frame with two bytes a character, and so what is cut out of it: see `detachNarrowText`.
    const plain = readPlain(isConsole ? detachText(text) : text);
    if (plain) {
      if (plain.name !== last.name) last = doors[plain.name];
      if (!last.isOff) return carryOut(last, plain.params, connection);
    }
    const request = readRequest(text);
    if (!request.ok) return refusedFrame(request.refusal);
    const { name, body } = request.value;
    const door = doors[name];
    if (door.isOff) return door.answers.refused(commandOff);
    return carryOutRead(door, readParams(catalog[name], body), connection);
  };
}

/** A handler for each command there is. */
function handlersOf(deps: CommandDeps): Handlers<CommandName> {
  return {
    ...sessionHandlers(deps),
    ...dataSetHandlers(deps),
    ...keyValueHandlers(deps),
    ...atomicHandlers(deps),
    ...queryHandlers(deps),
    ...serverHandlers(deps),
  };
}

/** One command as requests come to it. */
interface CommandDoor {
  readonly name: CommandName;
  readonly handler: AnyHandler;
  /** Switched off: answered before its parameters are read. */
  readonly isOff: boolean;
  /** It changes data, and none may be changed. */
  readonly isRefused: boolean;
  readonly answers: Answers;
}

function byCommand<T>(make: (name: CommandName) => T): Readonly<Record<CommandName, T>> {
  return Object.fromEntries(commandNames.map((name) => [name, make(name)])) as Record<
    CommandName,
    T
  >; // By all names of commands.
}

function createCauses({ isReadOnly, isConsole }: DispatchOptions) {
  const marks = { ...(isReadOnly && { isReadOnly }), ...(isConsole && { isConsole }) };
  return isReadOnly || isConsole
    ? (connection: number, command: CommandName): Cause => ({ connection, command, ...marks })
    : (connection: number, command: CommandName): Cause => ({ connection, command });
}

type ReadParams = ReturnType<typeof readParams>;

const commandOff: Refusal = { status: 'CommandDisabled', param: '' };

/** The command of a request that a bug cut short. Throws in no case. */
function commandIn(text: string | null): CommandName | undefined {
  return commandNamed(plainName.exec(text ?? '')?.[1]);
}

/** The commands of these names. Throws one line that names the first that is none. */
export function commandsNamed(names: readonly string[]): ReadonlySet<CommandName> {
  const unknown = names.find((name) => !isCommandName(name));
  if (unknown !== undefined) throw new Error(`There is no command ${unknown} to disable`);
  return new Set(names.filter(isCommandName));
}

/** Reply to a request that a bug cut short (status 1000). Throws in no case. */
export function failureReply(text: string): string {
  try {
    const request = readRequest(text);
    const replyName = request.ok ? replyNameOf(request.value.name) : request.refusal.replyName;
    return writeFrameRefusal({ replyName, status: 'Unknown' });
  } catch {
    // The bug is in reading.
    return writeFrameRefusal({ replyName: 'ERR', status: 'Unknown' });
  }
}
