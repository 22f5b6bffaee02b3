import { useState } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../ui/Dialog.tsx';
import { TabList } from '../ui/TabList.tsx';
import type { Settings, SettingsStore } from './settingsStore.ts';
import './SettingsDialog.css';

/** A key combination and what it does, for the list of shortcuts. */
export interface ShortcutLine {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface SettingsDialogProps {
  readonly settings: SettingsStore;
  readonly shortcuts: readonly ShortcutLine[];
  readonly onClose: () => void;
}

const pages = [
  { id: 'general', label: 'General' },
  { id: 'theme', label: 'Theme' },
  { id: 'shortcuts', label: 'Shortcuts' },
] as const;

/** Where a person sets the console up. Every choice takes effect at once. */
export function SettingsDialog({ settings, shortcuts, onClose }: SettingsDialogProps) {
  const [page, setPage] = useState<(typeof pages)[number]['id']>('general');
  const chosen = useStore(settings.store);
  return (
    <Dialog title="Settings" onClose={onClose}>
      <TabList
        label="Settings"
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
        {page === 'general' && <General chosen={chosen} onChange={settings.change} />}
        {page === 'theme' && <Theme chosen={chosen} onChange={settings.change} />}
        {page === 'shortcuts' && <Shortcuts shortcuts={shortcuts} />}
      </div>
    </Dialog>
  );
}

interface PageProps {
  readonly chosen: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

function General({ chosen, onChange }: PageProps) {
  return (
    <>
      <Switch
        label="Two-pane view"
        hint="Composer and response side by side. Off: one above the other."
        isOn={chosen.isTwoPane}
        onToggle={() => onChange({ isTwoPane: !chosen.isTwoPane })}
      />
      <Switch
        label="Newest message first"
        hint="Off: new messages appear at the bottom."
        isOn={chosen.isNewestFirst}
        onToggle={() => onChange({ isNewestFirst: !chosen.isNewestFirst })}
      />
    </>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

function Switch({ label, hint, isOn, onToggle }: SwitchProps) {
  return (
    <div className="settings-line">
      <div>
        <strong>{label}</strong>
        <p>{hint}</p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        className="switch"
        onClick={onToggle}
      >
        <span />
      </button>
    </div>
  );
}

const themes = [
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'system', label: 'System' },
] as const;

function Theme({ chosen, onChange }: PageProps) {
  return (
    <fieldset className="settings-themes">
      <legend className="visually-hidden">Theme</legend>
      {themes.map(({ id, label }) => (
        <label key={id} className={`settings-theme is-${id}`}>
          <input
            type="radio"
            name="theme"
            checked={chosen.theme === id}
            onChange={() => onChange({ theme: id })}
          />
          <span className="settings-swatch" aria-hidden />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Shortcuts({ shortcuts }: { readonly shortcuts: readonly ShortcutLine[] }) {
  return (
    <dl className="settings-shortcuts">
      {shortcuts.map(({ keys, does }) => (
        <div key={does}>
          <dt>{does}</dt>
          <dd>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
