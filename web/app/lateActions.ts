import { lateComposeActions } from '../composer/lateActions.ts';
import { pageTokens as hidden } from '../connection/page/hiddenTokens.ts';
import { lateConnectionActions } from '../connectionBar/lateActions.ts';
import { recallActions } from '../library/actions.ts';
import { copyLink } from '../links/copyLink.ts';
import { lateSettingsActions } from '../settings/lateActions.ts';
import { lateTabActions } from '../tabs/lateActions.ts';
import type { Action, Actions } from '../ui/action.ts';
import type { AppParts } from './createParts.ts';
import { lateTexts } from './lateTexts.ts';
import { panels } from './panelList.ts';
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
      label: lateTexts.copyLink,
      group: lateTexts.general,
      run: () => void copyPageLink(parts),
    },
    ...lateConnectionActions(() => tabs.active().connection),
    ...lateTabActions({ tabs, shell }),
    ...lateComposeActions({
      draft,
      showComposer,
      onSend: () => void sendFrom(tabs.active(), parts),
    }),
    clearMessages: {
      label: lateTexts.clearMessages,
      group: lateTexts.response,
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
      { label: panel.label, group: lateTexts.panels, run: () => shell.show(panel) },
    ]),
  );
}
