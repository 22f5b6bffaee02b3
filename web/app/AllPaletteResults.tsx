import { useEffect, useState } from 'react';
import type { PaletteField } from '../palette/CommandPalette.tsx';
import type { PaletteItem } from '../palette/findItems.ts';
import { PaletteResults } from '../palette/PaletteResults.tsx';
import { withChoices } from '../settings/shortcutChoices.ts';
import type { AppParts } from './createParts.ts';

interface AllPaletteResultsProps {
  readonly parts: AppParts;
  readonly field: PaletteField;
}

/** The palette's results among all that the page has; more come as parts of it are loaded. */
export function AllPaletteResults({ parts, field }: AllPaletteResultsProps) {
  const [view, setView] = useState({ items: paletteItems(parts), isComplete: false });
  useEffect(() => {
    const loads = [parts.loadActions, parts.loadTutorial, parts.loadLibrary];
    let isShown = true;
    let waiting = loads.length;
    const settle = () => {
      waiting -= 1;
      if (isShown) setView({ items: paletteItems(parts), isComplete: waiting === 0 });
    };
    for (const load of loads) load().then(settle, settle);
    return () => {
      isShown = false;
    };
  }, [parts]);
  return <PaletteResults {...field} {...view} stored={parts.storage.text('recent')} />;
}

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
