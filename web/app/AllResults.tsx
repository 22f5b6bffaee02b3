import { useMemo } from 'react';
import type { PaletteField } from '../palette/CommandPalette.tsx';
import { PaletteResults } from '../palette/PaletteResults.tsx';
import { useLate, type Loaded } from '../ui/late.tsx';
import type { Actions } from '../ui/action.ts';
import { createLateActions } from './lateActions.ts';
import type { AppParts } from './createParts.ts';
import { paletteItems } from './paletteItems.ts';

interface AllResultsProps {
  readonly parts: AppParts;
  readonly actions: Actions;
  readonly field: PaletteField;
}

/** The palette's results among all that the page has. */
export function AllResults({ parts, actions, field }: AllResultsProps) {
  const tutorial = useLate(parts.loadTutorial);
  const library = useLate(parts.loadLibrary);
  const items = useMemo(
    () =>
      paletteItems(
        parts,
        { ...actions, ...createLateActions(parts) },
        { tutorial: valueOf(tutorial), library: valueOf(library) },
      ),
    [parts, actions, tutorial, library],
  );
  return (
    <PaletteResults
      {...field}
      items={items}
      isComplete={tutorial.state !== 'loading' && library.state !== 'loading'}
      stored={parts.storage.text('recent')}
    />
  );
}

function valueOf<T>(loaded: Loaded<T>): T | undefined {
  return loaded.state === 'ready' ? loaded.value : undefined;
}
