import { useLayoutEffect } from 'react';
import { useStore } from 'zustand';
import type { SettingsStore } from './settingsStore.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';

/** The theme in force: the chosen one, or the system's, followed live. Also sets it on the page. */
export function useTheme(settings: SettingsStore): 'light' | 'dark' {
  const chosen = useStore(settings.store, (view) => view.theme);
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const systemTheme = isSystemDark ? 'dark' : 'light';
  const theme = chosen === 'system' ? systemTheme : chosen;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
