import { withVariable } from './commandText.ts';
import type { Inspector } from './inspector.ts';
import type { SessionUse } from './sessionUse.ts';

interface Composing {
  /** What is known of the session. */
  readonly session: { readonly id: string; readonly name: string };
  /** Without a token. */
  readonly commands: readonly string[];
  readonly onUse: (use: SessionUse) => void;
}

/**
 * Puts commands for a session into the composer, where `{{tkn}}` becomes its token.
 * @returns Whether the server gave the token.
 */
export async function composeFor(
  inspector: Inspector,
  { session: { id, name }, commands, onUse }: Composing,
): Promise<boolean> {
  const token = await inspector.questions.askToken(id);
  if (token === undefined) return false;
  onUse({ token, name, command: undefined, messages: commands.map(withVariable), keys: [] });
  return true;
}
