import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { Dialog } from '../ui/Dialog.tsx';
import { useLate, type Loaded } from '../ui/late.tsx';
import type { Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import { keysInWord, namesOfKeys } from './keys.ts';
import { messages as own } from './dialogMessages.ts';
import { messages as say } from './messages.ts';
import { findItems, paletteItems, type PaletteItem } from './paletteItems.ts';
import type { Recents } from './recents.ts';
import './CommandPalette.css';

interface CommandPaletteProps {
  readonly parts: Console;
  readonly actions: Actions;
  readonly recents: Recents;
  readonly onClose: () => void;
}

/** Finds anything that the console can do, by a few letters of its name. */
export function CommandPalette(props: CommandPaletteProps) {
  const { parts, actions, recents, onClose } = props;
  const learn = useLate(parts.loadLearnSide);
  const library = useLate(parts.loadLibrarySide);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const items = useMemo(
    () => paletteItems(parts, actions, { learn: valueOf(learn), library: valueOf(library) }),
    [parts, actions, learn, library],
  );
  const found = useMemo(() => findItems(items, typed, recents.list()), [items, typed, recents]);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at, found]);

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    // First the focus goes back to where it was; then the action may take it elsewhere.
    flushSync(onClose);
    if (!item.isFleeting) recents.add(item.id);
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends a word that an input method is in the middle of.
    if (event.nativeEvent.isComposing) return;
    const last = found.length - 1;
    if (event.key === 'Enter') run(found[at]);
    else if (event.key === 'ArrowDown') setAt(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') setAt(at <= 0 ? Math.max(0, last) : at - 1);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={own.palette} isBare onClose={onClose}>
      <input
        ref={input}
        className="palette-input"
        role="combobox"
        aria-label={say.searchOrRun}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder={own.paletteHint}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="status" className="visually-hidden">
        {own.paletteCount(found.length)}
      </div>
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={own.paletteResults}
        className="palette-list"
      >
        {found.map((item, index) => (
          <PaletteRow
            key={item.id}
            item={item}
            domId={`${id}-${index}`}
            isChosen={index === at}
            onRun={run}
          />
        ))}
      </div>
      {found.length === 0 && <p className="palette-nothing">{own.paletteNothing}</p>}
    </Dialog>
  );
}

function valueOf<T>(loaded: Loaded<T>): T | undefined {
  return loaded.state === 'ready' ? loaded.value : undefined;
}

interface PaletteRowProps {
  readonly item: PaletteItem;
  readonly domId: string;
  readonly isChosen: boolean;
  readonly onRun: (item: PaletteItem) => void;
}

function PaletteRow({ item, domId, isChosen, onRun }: PaletteRowProps) {
  const { label, group, hint, keys } = item;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox takes the keys
    <div
      role="option"
      id={domId}
      aria-label={label}
      aria-selected={isChosen}
      aria-keyshortcuts={keys && keysInWord(keys)}
      className="palette-row"
      onClick={() => onRun(item)}
    >
      <span className="palette-label">{label}</span>
      {hint !== undefined && (
        <span className="palette-hint" translate="no">
          {hint}
        </span>
      )}
      {keys ? (
        <span className="palette-keys" translate="no">
          {namesOfKeys(keys).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ) : (
        <span className="palette-group">{group}</span>
      )}
    </div>
  );
}
