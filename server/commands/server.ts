import type { serverCommands } from '../../protocol/commands/server.ts';
import { ok } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function serverHandlers({ facts }: CommandDeps): Handlers<keyof typeof serverCommands> {
  return { SV_INFO: () => ok({ st: statusCode('Ok'), ...facts }) };
}
