import type { Tab } from '../tabs/tab.ts';
import type { Action, Actions } from '../ui/action.ts';
import type { InspectedServers } from './inspectedServers.ts';
import { takeListedSession, type TakingPage } from './takeSession.ts';
import { takeTexts as texts } from './takeTexts.ts';
import { titleOf } from './words.ts';

/** Most sessions among the contents: the newest ones. */
const maxSessions = 200;

interface SessionContentsDeps {
  /** Once they are loaded. */
  readonly servers: InspectedServers | undefined;
  /** The active one. */
  readonly tab: Tab;
  readonly page: TakingPage;
  /** Shows the panel. */
  readonly show: () => void;
}

/** Every session of the tab's server, to show and to take. */
export function sessionContents({ servers, tab, page, show }: SessionContentsDeps): Actions {
  if (!servers) return {};
  const { inspector } = servers.of(tab.connection);
  const isReached = servers.reachedBy(tab.connection) !== undefined;
  const sessions = inspector.sessions().slice(-maxSessions).toReversed();
  const contents = sessions.flatMap((session): [string, Action][] => {
    const named = { group: texts.sessions, hint: session.maskedToken };
    const label = texts.showSession(titleOf(session));
    const showSession = () => {
      show();
      inspector.watch(session.id);
    };
    const shown: [string, Action] = [
      `session ${session.id}`,
      { ...named, label, run: showSession },
    ];
    if (!isReached) return [shown];
    const run = () => void takeListedSession(session, tab, { servers, page });
    return [
      shown,
      [`take ${session.id}`, { ...named, label: texts.takeSession(titleOf(session)), run }],
    ];
  });
  return Object.fromEntries(contents);
}
