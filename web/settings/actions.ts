import type { Action } from '../ui/action.ts';
import { actionTexts as texts } from './actionTexts.ts';
import type { SettingsStore } from './settingsStore.ts';

interface SettingsActionsDeps {
  readonly settings: SettingsStore;
  readonly onOpen: () => void;
}

/** The settings and the theme. */
export function settingsActions({ settings, onOpen }: SettingsActionsDeps) {
  const { group } = texts;
  const { change } = settings;
  return {
    settings: { label: texts.settings, group, run: onOpen },
    lightTheme: {
      label: texts.toLightTheme,
      group,
      isEnabled: () => document.documentElement.dataset['theme'] === 'dark',
      run: () => change({ theme: 'light' }),
    },
    darkTheme: {
      label: texts.toDarkTheme,
      group,
      isEnabled: () => document.documentElement.dataset['theme'] !== 'dark',
      run: () => change({ theme: 'dark' }),
    },
  } satisfies Record<string, Action>;
}
