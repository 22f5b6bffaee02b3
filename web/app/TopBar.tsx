import type { ComponentProps } from 'react';
import { Moon, Search, Settings, Sun } from '../ui/firstIcons.tsx';
import { ActionButton, titleOf } from '../ui/ActionButton.tsx';
import type { FirstActions } from './actions.ts';
import { ConnectionBar } from '../connectionBar/ConnectionBar.tsx';
import { namesOfKeys } from '../ui/keys.ts';

interface TopBarProps extends ComponentProps<typeof ConnectionBar> {
  readonly actions: FirstActions;
  readonly theme: 'light' | 'dark';
  /** The pointer is on its way to a button that may open a dialog. */
  readonly onApproach: () => void;
}

/** Name, connection, and what concerns the whole page. */
export function TopBar({ theme, onApproach, ...bar }: TopBarProps) {
  const { actions } = bar;
  const isDark = theme === 'dark';
  return (
    <header className="top-bar" onPointerEnter={onApproach}>
      <h1 className="brand" translate="no">
        <img src="/icon.svg" alt="" width={20} height={20} />
        <span>Seshdeck</span>
      </h1>
      <ConnectionBar {...bar} />
      <PaletteButton actions={actions} />
      <ActionButton
        action={isDark ? actions.lightTheme : actions.darkTheme}
        icon={isDark ? <Sun size={16} /> : <Moon size={16} />}
        disabled={false}
      />
      <ActionButton action={actions.settings} icon={<Settings size={16} />} />
    </header>
  );
}

function PaletteButton({ actions: { openPalette } }: { readonly actions: FirstActions }) {
  return (
    <button
      type="button"
      className="field palette-button"
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
