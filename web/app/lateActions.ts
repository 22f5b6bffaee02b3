import { commandContents, lateComposeActions } from '../composer/lateActions.ts';
import { pageTokens as hidden } from '../connection/page/hiddenTokens.ts';
import { lateConnectionActions } from '../connectionBar/lateActions.ts';
import { sessionContents } from '../inspector/lateActions.ts';
import { texts as layoutTexts } from '../layout/texts.ts';
import { recallActions, savedContents } from '../library/lateActions.ts';
import { copyLink } from '../links/copyLink.ts';
import { texts as linkTexts } from '../links/texts.ts';
import { texts as logTexts } from '../log/texts.ts';
import { actionTexts as settingsTexts } from '../settings/actionTexts.ts';
import { lateSettingsActions } from '../settings/lateActions.ts';
import { lateTabActions, tabContents } from '../tabs/lateActions.ts';
import { lessonContents } from '../tutorial/lateActions.ts';
import type { Action, Actions } from '../ui/action.ts';
import type { AppParts } from './createParts.ts';
import { learnPanel, panels, sessionsPanel } from './panelList.ts';
import { sendFrom } from './sendFrom.ts';

/** All other actions: only the palette, menus and the list of shortcuts have them. */
export function createLateActions(parts: AppParts): Actions {
  const { tabs, shell, settings, library, loadLibrary } = parts;
  const draft = () => tabs.active().draft;
  const { showComposer } = shell;
  return {
    ...lateSettingsActions({
      settings,
      onShortcuts: () => shell.openDialog({ kind: 'settings', page: 'shortcuts' }),
    }),
    copyLink: {
      label: linkTexts.copyLink,
      group: settingsTexts.group,
      run: () => void copyPageLink(parts),
    },
    ...lateConnectionActions(() => tabs.active().connection),
    ...lateTabActions({ tabs, shell }),
    ...lateComposeActions({
      draft,
      showComposer,
      onSend: () => sendFrom(tabs.active(), parts),
    }),
    clearMessages: {
      label: logTexts.clear,
      group: logTexts.response,
      isEnabled: () => tabs.active().log.store.getState().counts.kept > 0,
      run: () => tabs.active().log.clear(),
    },
    ...recallActions({ draft, showComposer, library, loadLibrary, notify: shell.notify }),
    ...panelActions(parts),
  };
}

async function copyPageLink({ tabs, shell, place }: AppParts): Promise<void> {
  const { draft, log, connection } = tabs.active();
  const { text: message, isLiteral } = draft.store.getState();
  const state = { message, isLiteral, filter: log.store.getState().filter, ...place() };
  const { variables } = connection.store.getState();
  shell.notify(await copyLink({ state, variables, hidden }));
}

function panelActions({ shell }: AppParts): Actions {
  return Object.fromEntries(
    panels.map((panel): [string, Action] => [
      `show_${panel.id}`,
      { label: panel.label, group: layoutTexts.panels, run: () => shell.show(panel) },
    ]),
  );
}

/** What there is to go to or to insert. */
export function pageContents(parts: AppParts): Actions {
  const { tabs, shell } = parts;
  const { showComposer } = shell;
  const draft = () => tabs.active().draft;
  const tutorial = parts.tutorial()?.tutorial;
  return {
    ...tabContents({ tabs }),
    ...commandContents({ draft, showComposer }),
    ...savedContents(parts.library()?.saved, { draft, showComposer }),
    ...(tutorial && lessonContents(tutorial, () => shell.show(learnPanel))),
    ...sessionContents({
      servers: parts.inspector()?.servers,
      tab: tabs.active(),
      page: shell,
      show: () => shell.show(sessionsPanel),
    }),
  };
}
