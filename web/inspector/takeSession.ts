import type { SessionSummary } from '../../protocol/inspection/events.ts';
import { commandFor, type SessionUse } from './sessionUse.ts';
import { visibleName } from './visibleText.ts';
import type { InspectedServers } from './inspectedServers.ts';
import type { Tab } from '../tabs/tab.ts';
import { takeTexts as texts } from './takeTexts.ts';

/** What taking a session changes beside the tab. */
export interface TakingPage {
  readonly showComposer: () => void;
  readonly notify: (text: string, undo?: () => void) => void;
}

/**
 * Makes a session the one that `{{tkn}}` stands for, and puts a command for it into the composer:
 * the one that was asked for, or one that reads its keys where nobody has written anything.
 */
export function takeSession(
  use: SessionUse,
  { connection, draft, unsent }: Tab,
  page: TakingPage,
): void {
  const variablesBefore = connection.store.getState().variables;
  const { text: textBefore, isLiteral } = draft.store.getState();
  connection.useToken(use.token, use.name);
  const isWriting = use.command !== undefined || !unsent.isUnsent();
  const { text, selection } = commandFor(use);
  if (isWriting) draft.setMessage({ text, isLiteral: false }, selection);
  if (use.command !== undefined) page.showComposer();

  const undo = () => {
    const { variables } = connection.store.getState();
    for (const [name, value] of variables) {
      const before = variablesBefore.get(name);
      // What has changed since is somebody else's.
      if (value !== use.token || before === value) continue;
      if (before === undefined) connection.forgetVariable(name);
      else connection.setVariable(name, before);
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

/** Asks for the token of a session that is not looked at, and takes the session. */
export async function takeListedSession(
  { id, name }: SessionSummary,
  tab: Tab,
  { servers, page }: TakeFrom,
): Promise<void> {
  const inspector = servers.reachedBy(tab.connection);
  const token = await inspector?.questions.askToken(id);
  // A token of one server is of no use at another.
  const isThere = servers.reachedBy(tab.connection) === inspector;
  if (token === undefined || !isThere) page.notify(texts.sessionNotTaken(visibleName(name)));
  else takeSession({ token, name, command: undefined, keys: [] }, tab, page);
}
