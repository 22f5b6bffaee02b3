import { catalog, isCommandName, type CommandName } from '../../protocol/commands/catalog.ts';
import { readParams } from '../../protocol/commands/defineCommand.ts';
import { readRequest } from '../../protocol/wire/request.ts';
import { replyNameOf } from '../../protocol/wire/replyName.ts';
import {
  writeFrameRefusal,
  writeRefusal,
  writeReply,
  type Refusal,
} from '../../protocol/wire/reply.ts';
import type { Result } from '../../protocol/result.ts';
import type { Eventually } from '../eventually.ts';
import type { Cause } from '../store/changes.ts';
import { dataSetHandlers } from './dataSets.ts';
import type { CommandDeps, Handlers } from './handler.ts';
import { keyValueHandlers } from './keyValues.ts';
import { queryHandlers } from './queries.ts';
import { serverHandlers } from './server.ts';
import { sessionHandlers } from './sessions.ts';
import { mapEventually } from '../eventually.ts';

/**
 * Text of a message → text of its reply, or null for silence.
 * @param connection Number of the connection that it came from.
 */
export type Dispatch = (text: string, connection: number) => Eventually<string | null>;

type AnyHandler = (
  params: Record<string, unknown>,
  cause: Cause,
) => Eventually<Result<unknown, Refusal>>;

/** Reply to a message that is not text. */
export const binaryRefusal = writeFrameRefusal({ replyName: 'ERR', status: 'PayLoadInvalid' });

/** Makes the one door through which every command goes. */
export function createDispatch(deps: CommandDeps): Dispatch {
  const { persistEnabled } = deps.facts;
  const handlers: Handlers<CommandName> = {
    ...sessionHandlers(deps),
    ...dataSetHandlers(deps),
    ...keyValueHandlers(deps),
    ...queryHandlers(deps),
    ...serverHandlers(deps),
  };
  return (text, connection) => {
    const request = readRequest(text);
    if (!request.ok) return writeFrameRefusal(request.refusal);
    const { name, body } = request.value;
    if (catalog[name].needsPersistence && !persistEnabled) {
      return writeRefusal(replyNameOf(name), { status: 'CommandDisabled', param: '' });
    }
    const params = readParams(catalog[name], body);
    if (!params.ok) return writeRefusal(replyNameOf(name), params.refusal);
    const handler = handlers[name] as AnyHandler; // The table is checked; the name is only known now.
    const outcome = handler(params.value, { connection, command: name });
    return mapEventually(outcome, (result) => writeResult(name, result));
  };
}

const plainName = /^[ \t\r\n]*\{[ \t\r\n]*"([A-Z_]+)"/;

/**
 * Whether a request must run alone among those of its connection. Reads no more than the name; one
 * that is spelled in an unusual way counts as a barrier, which is safe.
 */
export function isBarrier(text: string): boolean {
  const name = plainName.exec(text)?.[1];
  if (name === undefined) return true;
  return isCommandName(name) && catalog[name].isBarrier === true;
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

function writeResult(name: CommandName, result: Result<unknown, Refusal>): string | null {
  if (!result.ok) return writeRefusal(replyNameOf(name), result.refusal);
  return result.value === null ? null : writeReply(name, result.value);
}
