import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { commandFor, type SessionUse } from './sessionUse.ts';
import { visibleName } from '../../protocol/text/visibleText.ts';
import type { InspectedServers } from './inspectedServers.ts';
import type { Tab } from '../tabs/tab.ts';
import { takeTexts as texts } from './takeTexts.ts';

/** What taking a session changes beside the tab. */
export interface TakingPage {
  readonly showComposer: () => void;
  readonly notify: (text: string, undo?: () => void) => void;
}

/**
 * Sets `{{tkn}}` to a session's token and puts a command for it into the composer: the one asked for,
 * or, if the composer has no unsent text, one that reads its keys.
 */
export function takeSession(
  use: SessionUse,
  { connection, draft, unsent }: Tab,
  page: TakingPage,
): void {
  const variablesBefore = connection.store.getState().variables;
  const { text: textBefore, isLiteral } = draft.store.getState();
  connection.variables.useToken(use.token, use.name);
  const isAskedFor = use.command !== undefined || use.messages !== undefined;
  const isWriting = isAskedFor || !unsent.isUnsent();
  const { text, selection } = commandFor(use);
  if (isWriting) draft.setMessage({ text, isLiteral: false }, selection);
  if (isAskedFor) page.showComposer();

  const undo = () => {
    const { variables } = connection.store.getState();
    for (const [name, value] of variables) {
      const before = variablesBefore.get(name);
      // Keep what was changed since.
      if (value !== use.token || before === value) continue;
      if (before === undefined) connection.variables.forget(name);
      else connection.variables.set(name, before);
    }
    if (isWriting && draft.store.getState().text === text) {
      draft.setMessage({ text: textBefore, isLiteral });
    }
  };
  page.notify(texts.sessionTaken(visibleName(use.name), isWriting), undo);
}

interface TakeFrom {
  readonly servers: InspectedServers;
  readonly page: TakingPage;
}

/** Takes a session that is not open in the inspector: asks for its token first. */
export async function takeListedSession(
  { id, name }: SessionSummary,
  tab: Tab,
  { servers, page }: TakeFrom,
): Promise<void> {
  const inspector = servers.reachedBy(tab.connection);
  const token = await inspector?.questions.askToken(id);
  // A token is valid on its own server only.
  const isThere = servers.reachedBy(tab.connection) === inspector;
  if (token === undefined || !isThere) page.notify(texts.sessionNotTaken(visibleName(name)));
  else takeSession({ token, name, command: undefined, keys: [] }, tab, page);
}
