import { useEffect, useState } from 'react';
import type { PaletteField } from '../palette/CommandPalette.tsx';
import { PaletteResults } from '../palette/PaletteResults.tsx';
import type { AppParts } from './createParts.ts';
import { paletteItems } from './paletteItems.ts';

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
