import { composeActions } from '../composer/actions.ts';
import { connectionActions } from '../connectionBar/actions.ts';
import { texts as paletteTexts } from '../palette/texts.ts';
import { settingsActions } from '../settings/actions.ts';
import { actionTexts as settingsTexts } from '../settings/actionTexts.ts';
import { tabActions } from '../tabs/actions.ts';
import type { Action } from '../ui/action.ts';
import type { AppParts } from './createParts.ts';

/** The actions that the page begins with: those with shortcuts, and those of the first buttons. */
export type FirstActions = Readonly<Record<keyof ReturnType<typeof createActions>, Action>>;

/** @param parts What the actions act on; the actions keep nothing themselves. */
function createActions(parts: AppParts) {
  const { tabs, shell, settings } = parts;
  return {
    openPalette: {
      label: paletteTexts.searchOrRun,
      group: settingsTexts.group,
      keys: { codes: ['KeyK'], name: 'K', mod: true },
      isUnlisted: true,
      run: () =>
        shell.store.getState().dialog?.kind === 'palette'
          ? shell.closeDialog()
          : shell.openDialog({ kind: 'palette' }),
    },
    ...settingsActions({
      settings,
      onOpen: () => shell.openDialog({ kind: 'settings', page: 'general' }),
    }),
    ...connectionActions({
      connection: () => tabs.active().connection,
      onDetails: () => shell.openDialog({ kind: 'connection' }),
    }),
    ...tabActions({ tabs, shell }),
    ...composeActions({
      draft: () => tabs.active().draft,
      showComposer: shell.showComposer,
    }),
  } satisfies Readonly<Record<string, Action>>;
}

/** Makes the first actions and puts them into the registry. */
export function offerActions(parts: AppParts): FirstActions {
  const actions = createActions(parts);
  parts.registry.actions.offer(() => actions);
  return actions;
}
