import type { CommandName } from '../../protocol/commands/catalog.ts';
import { withParams, type ReceivedCommand } from './received.ts';
import type { SessionRef } from './sessions.ts';
import type { TestServer } from './testServer.ts';

/** What a matcher of `expect.extend` says. */
export interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Messages that are shown where none fits. */
const maxShown = 20;

/** For `expect.extend`, in Vitest, Playwright and where it works alike. */
export const seshdeckMatchers = {
  /** `await expect(server).toHaveEnded(session)`: a session, or the one of a token, is gone. */
  async toHaveEnded(server: Pick<TestServer, 'hasEnded'>, session: SessionRef): Promise<Matched> {
    const pass = await server.hasEnded(session);
    return {
      pass,
      message: () => (pass ? 'The session has ended' : 'The session has not ended'),
    };
  },
  /** `expect(server.received).toContainCommand('KV_SET', { keys: { qty: 3 } })`: it came, with these parameters and perhaps more. */
  toContainCommand(
    received: readonly ReceivedCommand[],
    command: CommandName,
    params?: Readonly<Record<string, unknown>>,
  ): Matched {
    const found = withParams(received, command, params);
    const wanted = params ? `${command} with these parameters` : command;
    const shown = found.length > 0 ? found : received;
    const lines = shown.slice(-maxShown).map(({ text }) => `  ${text ?? '(binary)'}`);
    const outcome = found.length > 0 ? 'was received' : 'was not received, but';
    return {
      pass: found.length > 0,
      message: () =>
        [`${wanted} ${outcome}:`, ...(lines.length > 0 ? lines : ['  nothing'])].join('\n'),
    };
  },
};
