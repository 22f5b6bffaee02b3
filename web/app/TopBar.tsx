import type { Connection } from '../connection/page/connection.ts';
import { Moon, Search, Settings, Sun } from '../ui/firstIcons.tsx';
import { ActionButton, titleOf } from '../ui/ActionButton.tsx';
import type { FirstActions } from './actions.ts';
import { ConnectionBar } from '../connectionBar/ConnectionBar.tsx';
import { namesOfKeys } from '../ui/keys.ts';
import { prefetchDialogs } from './Overlays.tsx';

interface TopBarProps {
  readonly connection: Connection;
  readonly actions: FirstActions;
  readonly theme: 'light' | 'dark';
}

/** Name, connection, and what concerns the whole page. */
export function TopBar({ connection, actions, theme }: TopBarProps) {
  const isDark = theme === 'dark';
  return (
    <header className="top-bar" onPointerEnter={prefetchDialogs}>
      <h1 className="brand" translate="no">
        <img src="/icon.svg" alt="" width={20} height={20} />
        <span>Seshdeck</span>
      </h1>
      <ConnectionBar connection={connection} actions={actions} />
      <PaletteButton actions={actions} />
      <ActionButton
        action={isDark ? actions.lightTheme : actions.darkTheme}
        icon={isDark ? <Sun size={16} /> : <Moon size={16} />}
      />
      <ActionButton action={actions.settings} icon={<Settings size={16} />} />
    </header>
  );
}

function PaletteButton({ actions: { openPalette } }: { readonly actions: FirstActions }) {
  return (
    <button
      type="button"
      className="palette-button"
      aria-label={openPalette.label}
      title={titleOf(openPalette)}
      aria-haspopup="dialog"
      onClick={() => openPalette.run()}
    >
      <Search size={14} aria-hidden />
      <span className="palette-button-label">{openPalette.label}</span>
      <span className="palette-button-keys" translate="no" aria-hidden>
        {(openPalette.keys ? namesOfKeys(openPalette.keys) : []).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    </button>
  );
}
