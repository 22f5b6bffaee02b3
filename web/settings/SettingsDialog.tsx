import { useState } from 'react';
import { useStore } from 'zustand';
import { TabList } from '../ui/TabList.tsx';
import { GeneralPage, type StoredDataProps } from './GeneralPage.tsx';
import { texts } from './texts.ts';
import type { Settings, SettingsStore } from './settingsStore.ts';
import { ThemePicture } from './ThemePicture.tsx';
import { ShortcutsPage, type ShortcutsPageProps } from './ShortcutsPage.tsx';
import './SettingsDialog.css';

interface SettingsDialogProps extends StoredDataProps {
  readonly settings: SettingsStore;
  readonly initialPage: 'general' | 'theme' | 'shortcuts';
  readonly shortcuts: ShortcutsPageProps;
}

const pages = [
  { id: 'general', label: texts.general },
  { id: 'theme', label: texts.theme },
  { id: 'shortcuts', label: texts.shortcuts },
] as const;

/** Where a person sets the console up. Every choice takes effect at once. */
export function SettingsDialog(props: SettingsDialogProps) {
  const { settings, initialPage, shortcuts, ...data } = props;
  const [page, setPage] = useState<(typeof pages)[number]['id']>(initialPage);
  const chosen = useStore(settings.store);
  return (
    <>
      <TabList
        label={texts.settings}
        tabs={pages}
        activeId={page}
        onActivate={setPage}
        panelId="settings-page"
      />
      <div
        role="tabpanel"
        id="settings-page"
        className="settings-page"
        aria-labelledby={`tab-${page}`}
      >
        {page === 'general' && (
          <GeneralPage {...{ settings, chosen, ...data }} onChange={settings.change} />
        )}
        {page === 'theme' && <Theme chosen={chosen} onChange={settings.change} />}
        {page === 'shortcuts' && <ShortcutsPage {...shortcuts} />}
      </div>
    </>
  );
}

interface ThemeProps {
  readonly chosen: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

const themes = [
  { id: 'light', label: texts.light },
  { id: 'dark', label: texts.dark },
  { id: 'system', label: texts.system },
] as const;

function Theme({ chosen, onChange }: ThemeProps) {
  return (
    <fieldset className="settings-themes">
      <legend className="visually-hidden">{texts.theme}</legend>
      {themes.map(({ id, label }) => (
        <label key={id} className={`settings-theme is-${id}`}>
          <input
            type="radio"
            name="theme"
            checked={chosen.theme === id}
            onChange={() => onChange({ theme: id })}
          />
          <ThemePicture theme={id} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
