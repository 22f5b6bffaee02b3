import { catalog, isCommandName } from './catalog.ts';
import { unsigned } from './codec.ts';
import type { NamedMessage } from './namedMessage.ts';
import { kindOf, membersOf, type JsonText } from './json/jsonText.ts';
import type { KeyStatuses } from './keyStatuses.ts';
import { statusName, type StatusName } from './status.ts';

/** Name of the command that a reply answers; undefined for `ERR` and for what is no reply. */
function commandOfReply(replyName: string): string | undefined {
  return replyName.endsWith('_RSP') ? replyName.slice(0, -4) : undefined;
}

/**
 * The statuses that a reply tells, each once: its `st`, or those of its keys.
 * @param members Of the reply's body, for who has read them already.
 * @returns Empty when the reply has none (SH_INFO_ALL, KV_GET) or is not of this protocol.
 */
export function statusesOf(
  { name, body }: NamedMessage,
  members?: ReadonlyMap<string, JsonText>,
): StatusName[] {
  if (kindOf(body) !== 'object') return [];
  const st = (members ?? membersOf(body)).get('st');
  if (st !== undefined && unsigned.read(st) !== undefined) {
    const status = statusName(Number(st));
    if (status) return [status];
  }
  const command = commandOfReply(name);
  if (command === undefined || !isCommandName(command) || !catalog[command].tellsKeys) return [];
  const reply = catalog[command].reply.read(body) as { keys: KeyStatuses } | undefined;
  return reply ? [...new Set(reply.keys.values())] : [];
}
