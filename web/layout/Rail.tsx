import { useStore } from 'zustand';
import { moveAmongButtons } from '../ui/moveAmongButtons.ts';
import type { ListedPanel } from './panel.ts';
import type { Shell } from './shellStore.ts';
import { texts } from './texts.ts';

interface RailProps {
  readonly panels: readonly ListedPanel[];
  readonly shell: Shell;
}

/** Opens and closes the panels at the sides of a wide page. */
export function Rail({ panels, shell }: RailProps) {
  const left = useStore(shell.store, (view) => view.left);
  const right = useStore(shell.store, (view) => view.right);
  const listed = panels.filter(({ place }) => place !== 'middle');
  const isOn = ({ id }: ListedPanel) => id === left || id === right;
  const tabStop = listed.find(isOn) ?? listed[0];
  return (
    <nav className="rail" aria-label={texts.panels} onKeyDown={moveAmongButtons}>
      {listed.map((panel) => (
        <RailButton
          key={panel.id}
          panel={panel}
          isOn={isOn(panel)}
          isTabStop={panel === tabStop}
          onClick={() => shell.toggle(panel)}
        />
      ))}
    </nav>
  );
}

/** Chooses the one panel of a narrow page. */
export function NarrowRail({ panels, shell }: RailProps) {
  const shown = useStore(shell.store, (view) => view.narrow);
  return (
    <nav className="narrow-nav" aria-label={texts.panels} onKeyDown={moveAmongButtons}>
      {panels.map((panel) => (
        <RailButton
          key={panel.id}
          panel={panel}
          isOn={panel.id === shown}
          isTabStop={panel.id === shown}
          onClick={() => shell.show(panel)}
        />
      ))}
    </nav>
  );
}

interface RailButtonProps {
  readonly panel: ListedPanel;
  readonly isOn: boolean;
  /** Whether the Tab key stops here; arrow keys move on from there. */
  readonly isTabStop: boolean;
  readonly onClick: () => void;
}

/** A picture with its name under it. */
function RailButton({ panel, isOn, isTabStop, onClick }: RailButtonProps) {
  const { icon: Icon, label } = panel;
  return (
    <button
      type="button"
      className="rail-button"
      aria-pressed={isOn}
      tabIndex={isTabStop ? 0 : -1}
      onClick={onClick}
    >
      <Icon size={18} />
      <span>{label}</span>
    </button>
  );
}
