import type { serverCommands } from '../../protocol/commands/server.ts';
import { ok } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import type { Handlers } from './handler.ts';

/** What SV_INFO tells. */
export interface ServerFacts {
  readonly serverVersion: string;
  readonly persistEnabled: boolean;
}

export function serverHandlers(facts: ServerFacts): Handlers<keyof typeof serverCommands> {
  return { SV_INFO: () => ok({ st: statusCode('Ok'), ...facts }) };
}
