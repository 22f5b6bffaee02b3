import { catalog, type CommandName } from '../../protocol/catalog.ts';
import { readParams } from '../../protocol/defineCommand.ts';
import {
  readRequest,
  replyNameOf,
  writeFrameRefusal,
  writeRefusal,
  writeReply,
  type Refusal,
} from '../../protocol/frame.ts';
import type { Result } from '../../protocol/result.ts';
import type { Eventually } from '../eventually.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import type { DataSetStore } from '../dataSets/dataSetStore.ts';
import { dataSetHandlers } from './dataSets.ts';
import type { Handlers } from './handler.ts';
import { keyValueHandlers } from './keyValues.ts';
import { queryHandlers } from './queries.ts';
import { serverHandlers, type ServerFacts } from './server.ts';
import { sessionHandlers } from './sessions.ts';
import { mapEventually } from '../eventually.ts';

/** Text of a message → text of its reply, or null for silence. */
export type Dispatch = (text: string) => Eventually<string | null>;

type AnyHandler = (
  store: SessionStore,
  params: Record<string, unknown>,
) => Eventually<Result<unknown, Refusal>>;

/** Reply to a message that is not text. */
export const binaryRefusal = writeFrameRefusal({ replyName: 'ERR', status: 'PayLoadInvalid' });

/** Binds the commands to a store, and those that save and load to where data sets are kept. */
export function createDispatch(
  store: SessionStore,
  facts: ServerFacts,
  dataSets: DataSetStore,
): Dispatch {
  const handlers: Handlers<CommandName> = {
    ...sessionHandlers,
    ...dataSetHandlers(dataSets),
    ...keyValueHandlers,
    ...queryHandlers,
    ...serverHandlers(facts),
  };
  return (text) => {
    const request = readRequest(text);
    if (!request.ok) return writeFrameRefusal(request.refusal);
    const { name, body } = request.value;
    if (catalog[name].needsPersistence && !facts.persistEnabled) {
      return writeRefusal(replyNameOf(name), { status: 'CommandDisabled', blamed: '' });
    }
    const params = readParams(catalog[name], body);
    if (!params.ok) return writeRefusal(replyNameOf(name), params.refusal);
    const handler = handlers[name] as AnyHandler; // The table is checked; the name is only known now.
    return mapEventually(handler(store, params.value), (result) => writeResult(name, result));
  };
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
