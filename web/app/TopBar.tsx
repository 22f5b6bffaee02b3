import { Moon, Settings, Sun } from 'lucide-react';
import type { Connection } from '../connection/connection.ts';
import type { SettingsStore } from '../settings/settingsStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { ConnectionBar } from './ConnectionBar.tsx';

interface TopBarProps {
  readonly connection: Connection;
  readonly settings: SettingsStore;
  readonly theme: 'light' | 'dark';
  readonly onOpenSettings: () => void;
}

/** Name, connection, and what concerns the whole page. */
export function TopBar({ connection, settings, theme, onOpenSettings }: TopBarProps) {
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <h1 className="brand">
        <img src="/icon.svg" alt="" width={20} height={20} />
        <span>Seshdeck</span>
      </h1>
      <ConnectionBar connection={connection} />
      <IconButton
        label={`Switch to ${other} theme`}
        icon={theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
        onClick={() => settings.change({ theme: other })}
      />
      <IconButton label="Settings" icon={<Settings size={16} />} onClick={onOpenSettings} />
    </header>
  );
}
