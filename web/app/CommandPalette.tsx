import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { late, LatePart, useLate } from '../ui/late.tsx';
import type { Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import './CommandPalette.css';

interface CommandPaletteProps {
  readonly parts: Console;
  readonly actions: Actions;
  readonly onClose: () => void;
}

/** Keys that belong to the list of results, until it is there. */
export interface PaletteKeys {
  /** Pressed before the list was there. */
  early: string[];
  /** Takes them once it is. */
  press: ((keys: readonly string[]) => void) | undefined;
}

export const loadPaletteResults = late(
  async () => (await import('./PaletteResults.tsx')).PaletteResults,
);

/** Finds anything that the console can do. Its field is there at once; the results are loaded. */
export function CommandPalette(props: CommandPaletteProps) {
  const loaded = useLate(loadPaletteResults);
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const keys = useRef<PaletteKeys>({ early: [], press: undefined });
  const listId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends a word that an input method is in the middle of.
    if (event.nativeEvent.isComposing) return;
    if (!['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    const { early, press } = keys.current;
    if (press) press([event.key]);
    else early.push(event.key);
  };
  const onType = (text: string) => {
    const { early } = keys.current;
    // What is typed after Enter is not meant for the search.
    if (early.includes('Enter')) return;
    early.length = 0;
    setTyped(text);
  };
  return (
    <Dialog title={say.palette} isBare onClose={props.onClose}>
      <input
        ref={input}
        className="palette-input"
        role="combobox"
        aria-label={say.searchOrRun}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        placeholder={say.paletteHint}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <LatePart loaded={loaded}>
        {(Results) => <Results {...props} {...{ typed, input, keys, listId }} />}
      </LatePart>
    </Dialog>
  );
}
