import { late } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Action } from './action.ts';
import { composeActions, recallActions } from './composeActions.ts';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import { panels } from './panelList.ts';
import { tabActions, tabMoves } from './tabActions.ts';

/** All actions by name: for buttons, menus, shortcuts, the palette and the list of shortcuts. */
export type Actions = Readonly<Record<keyof ReturnType<typeof createActions>, Action>>;

/** @param parts Told by the actions what to do; the actions keep nothing themselves. */
export function createActions(parts: Console) {
  const actions = {
    ...generalActions(parts),
    ...lookActions(parts),
    ...connectionActions(parts),
    ...tabActions(parts),
    ...tabMoves(parts),
    ...composeActions(parts),
    ...recallActions(parts),
    ...panelActions(parts),
  };
  return actions satisfies Readonly<Record<string, Action>>;
}

/** The actions without their names. */
export function listActions(actions: Actions): readonly Action[] {
  return Object.values(actions);
}

function generalActions(parts: Console) {
  const { shell } = parts;
  const group = say.groupGeneral;
  return {
    openPalette: {
      label: say.searchOrRun,
      group,
      keys: { codes: ['KeyK'], name: 'K', mod: true },
      isUnlisted: true,
      run: () =>
        shell.store.getState().dialog?.kind === 'palette'
          ? shell.closeDialog()
          : shell.openDialog({ kind: 'palette' }),
    },
    settings: {
      label: say.settings,
      group,
      run: () => shell.openDialog({ kind: 'settings', page: 'general' }),
    },
    shortcuts: {
      label: say.shortcuts,
      group,
      run: () => shell.openDialog({ kind: 'settings', page: 'shortcuts' }),
    },
    copyLink: { label: say.copyLink, group, run: () => void copyLink(parts) },
  } satisfies Record<string, Action>;
}

const loadCopyLink = late(() => import('./copyLink.ts'));

async function copyLink(parts: Console): Promise<void> {
  try {
    const links = await loadCopyLink();
    await links.copyLink(parts);
  } catch {
    parts.shell.tell(texts.notLoaded);
  }
}

function lookActions({ settings }: Console) {
  const group = say.groupGeneral;
  const { change } = settings;
  const chosen = () => settings.store.getState();
  return {
    lightTheme: {
      label: say.toLightTheme,
      group,
      isEnabled: () => document.documentElement.dataset['theme'] === 'dark',
      run: () => change({ theme: 'light' }),
    },
    darkTheme: {
      label: say.toDarkTheme,
      group,
      isEnabled: () => document.documentElement.dataset['theme'] !== 'dark',
      run: () => change({ theme: 'dark' }),
    },
    twoPane: {
      label: say.twoPane,
      group,
      run: () => change({ isTwoPane: !chosen().isTwoPane }),
    },
    newestFirst: {
      label: say.newestFirst,
      group,
      run: () => change({ isNewestFirst: !chosen().isNewestFirst }),
    },
  } satisfies Record<string, Action>;
}

function connectionActions({ tabs, shell }: Console) {
  const group = say.groupConnection;
  const state = () => tabs.active().connection.store.getState().status.state;
  return {
    connect: {
      label: say.connect,
      group,
      isEnabled: () => state() === 'closed',
      run: () => tabs.active().connection.connect(),
    },
    disconnect: {
      label: say.disconnect,
      group,
      isEnabled: () => state() !== 'closed',
      run: () => void tabs.active().connection.disconnect(),
    },
    details: {
      label: say.details,
      group,
      run: () => shell.openDialog({ kind: 'connection' }),
    },
    retryNow: {
      label: say.retryNow,
      group,
      isEnabled: () => state() === 'retrying',
      run: () => tabs.active().connection.connect(),
    },
  } satisfies Record<string, Action>;
}

function panelActions({ shell }: Console): Record<`show_${string}`, Action> {
  const group = say.groupPanels;
  return Object.fromEntries(
    panels.map((panel) => [
      `show_${panel.id}`,
      { label: panel.label, group, run: () => shell.show(panel) },
    ]),
  );
}
