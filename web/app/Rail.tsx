import { useStore } from 'zustand';
import { messages as say } from './messages.ts';
import { panels, type PanelId } from './panelList.ts';
import type { Shell } from './shellStore.ts';

/** Opens and closes the panels at the sides of a wide page. */
export function Rail({ shell }: { readonly shell: Shell }) {
  const left = useStore(shell.store, (view) => view.left);
  const right = useStore(shell.store, (view) => view.right);
  return (
    <nav className="rail" aria-label={say.panels}>
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
export function NarrowRail({ shell }: { readonly shell: Shell }) {
  const shown = useStore(shell.store, (view) => view.narrow);
  return (
    <nav className="narrow-nav" aria-label={say.panels}>
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
  readonly panel: (typeof panels)[number] & { readonly id: PanelId };
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
