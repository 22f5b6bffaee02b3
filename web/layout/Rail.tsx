import { useStore } from 'zustand';
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
  return (
    <nav className="rail" aria-label={texts.panels}>
      {panels
        .filter(({ place }) => place !== 'middle')
        .map((panel) => (
          <RailButton
            key={panel.id}
            panel={panel}
            isOn={panel.id === left || panel.id === right}
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
    <nav className="narrow-nav" aria-label={texts.panels}>
      {panels.map((panel) => (
        <RailButton
          key={panel.id}
          panel={panel}
          isOn={panel.id === shown}
          onClick={() => shell.show(panel)}
        />
      ))}
    </nav>
  );
}

interface RailButtonProps {
  readonly panel: ListedPanel;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

/** A picture with its name under it. */
function RailButton({ panel, isOn, onClick }: RailButtonProps) {
  const { icon: Icon, label } = panel;
  return (
    <button type="button" className="rail-button" aria-pressed={isOn} onClick={onClick}>
      <Icon size={18} />
      <span>{label}</span>
    </button>
  );
}
