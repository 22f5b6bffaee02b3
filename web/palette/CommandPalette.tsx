import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { LatePart, type Loaded } from '../ui/late.tsx';
import { texts } from './texts.ts';
import './CommandPalette.css';

/** Keys that belong to the list of results, until it is there. */
interface PaletteKeys {
  /** Pressed before the list was there. */
  early: string[];
  /** Takes them once it is. */
  press: ((keys: readonly string[]) => void) | undefined;
}

/** What the list of results shares with the field above it. */
export interface PaletteField {
  readonly typed: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly keys: RefObject<PaletteKeys>;
  readonly listId: string;
  readonly onClose: () => void;
}

interface CommandPaletteProps<T> {
  readonly loaded: Loaded<T>;
  readonly onClose: () => void;
  /** The results. */
  readonly children: (part: T, field: PaletteField) => ReactNode;
}

/** Finds anything that the console can do. Its field is there at once; the results are loaded. */
export function CommandPalette<T>({ loaded, onClose, children }: CommandPaletteProps<T>) {
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
    <Dialog title={texts.palette} isBare onClose={onClose}>
      <input
        ref={input}
        className="palette-input"
        role="combobox"
        aria-label={texts.searchOrRun}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        placeholder={texts.paletteHint}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <LatePart loaded={loaded}>
        {(part) => children(part, { typed, input, keys, listId, onClose })}
      </LatePart>
    </Dialog>
  );
}
