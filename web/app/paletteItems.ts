import type { PaletteItem } from '../palette/findItems.ts';
import { withChoices } from '../settings/shortcutChoices.ts';
import type { AppParts } from './createParts.ts';

/**
 * Everything that can be done or found now. A panel's own actions are among them while it is open:
 * they act on what it shows.
 */
export function paletteItems({ registry, shortcuts }: AppParts): readonly PaletteItem[] {
  const actions = withChoices(registry.actions.list(), shortcuts.store.getState());
  const toDo = Object.entries(actions).flatMap(([name, action]) =>
    action.isUnlisted ? [] : [{ id: `action ${name}`, ...action }],
  );
  const toFind = Object.entries(registry.contents.list()).map(([id, action]) => ({
    id,
    ...action,
  }));
  return [...toDo, ...toFind].filter(({ isEnabled }) => isEnabled?.() !== false);
}
