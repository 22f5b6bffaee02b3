import type { Action } from '../ui/action.ts';
import { actionTexts } from './actionTexts.ts';
import type { SettingsStore } from './settingsStore.ts';
import { shortcutTexts as texts } from './shortcutTexts.ts';
import { toggleTwoPane } from './twoPane.ts';

interface LateSettingsActionsDeps {
  readonly settings: SettingsStore;
  readonly onShortcuts: () => void;
}

/** The list of shortcuts, and switches of the settings. */
export function lateSettingsActions({ settings, onShortcuts }: LateSettingsActionsDeps) {
  const { group } = actionTexts;
  const { change } = settings;
  const chosen = () => settings.store.getState();
  return {
    shortcuts: { label: texts.shortcuts, group, run: onShortcuts },
    documentation: {
      label: texts.documentation,
      group,
      run: () => window.open('/docs', '_blank', 'noopener'),
    },
    twoPane: {
      label: texts.twoPane,
      group,
      run: () => toggleTwoPane(settings),
    },
    newestFirst: {
      label: texts.newestFirst,
      group,
      run: () => change({ isNewestFirst: !chosen().isNewestFirst }),
    },
    oneRow: {
      label: texts.oneRow,
      group,
      run: () => change({ isOneRow: !chosen().isOneRow }),
    },
  } satisfies Record<string, Action>;
}
