import { useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { keysInWord, namesOfKeys } from '../ui/keys.ts';
import type { StoredText } from '../ui/stored.ts';
import type { PaletteField } from './CommandPalette.tsx';
import { findItems, type FoundItem, type PaletteItem } from './findItems.ts';
import { ItemIcon } from './ItemIcon.tsx';
import { lateTexts } from './lateTexts.ts';
import { createRecents } from './recents.ts';

interface PaletteResultsProps extends PaletteField {
  readonly items: readonly PaletteItem[];
  /** Nothing is loading that would bring more items. */
  readonly isComplete: boolean;
  /** Where the recent choices are kept. */
  readonly stored: StoredText;
}

/** What fits the search, and what the arrow keys and Enter do with it. */
export function PaletteResults(props: PaletteResultsProps) {
  const { items, isComplete, typed, input, keys, listId, onClose } = props;
  const [recents] = useState(() => createRecents(props.stored));
  const [chosen, setChosen] = useState({ typed, at: 0 });
  const found = useMemo(() => findItems(items, typed, recents.list()), [items, typed, recents]);
  const at = chosen.typed === typed ? Math.min(chosen.at, Math.max(0, found.length - 1)) : 0;

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    // First return the focus to where it was; then the action may move it.
    flushSync(onClose);
    if (!item.isFleeting) recents.add(item.id);
    item.run();
  };
  useLayoutEffect(() => {
    const { current } = keys;
    const press = (pressed: readonly string[]) => {
      let place = at;
      for (const key of pressed) {
        if (key === 'Enter') return run(found[place]?.item);
        place = movedBy(key === 'ArrowDown' ? 1 : -1, place, found.length);
      }
      return setChosen({ typed, at: place });
    };
    // Enter that was pressed before there was a list waits for the whole of it.
    if (current.early.length === 0) {
      current.press = press;
      return undefined;
    }
    if (!isComplete) return undefined;
    const timer = setTimeout(() => {
      current.press = press;
      press(current.early.splice(0));
    });
    return () => clearTimeout(timer);
  });
  useLayoutEffect(() => {
    const id = `${listId}-${at}`;
    if (found.length > 0) input.current?.setAttribute('aria-activedescendant', id);
    else input.current?.removeAttribute('aria-activedescendant');
    document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [input, listId, at, found]);

  return (
    <>
      <div role="status" className="visually-hidden">
        {lateTexts.count(found.length)}
      </div>
      <div role="listbox" id={listId} aria-label={lateTexts.results} className="palette-list">
        {sectionsOf(found).map(({ heading, from, rows }) => (
          <PaletteSection key={heading ?? ''} heading={heading}>
            {rows.map(({ item }, index) => (
              <PaletteRow
                key={item.id}
                item={item}
                domId={`${listId}-${from + index}`}
                isChosen={from + index === at}
                onRun={run}
                isGrouped={item.group === heading}
              />
            ))}
          </PaletteSection>
        ))}
      </div>
      {found.length === 0 && <p className="palette-nothing">{lateTexts.nothing}</p>}
    </>
  );
}

interface Section {
  readonly heading: string | undefined;
  /** Index of its first row among all. */
  readonly from: number;
  readonly rows: FoundItem[];
}

/** What stands under one heading each, in order. */
function sectionsOf(found: readonly FoundItem[]): readonly Section[] {
  const sections: Section[] = [];
  for (const [from, each] of found.entries()) {
    const last = sections.at(-1);
    if (last && last.heading === each.heading) last.rows.push(each);
    else sections.push({ heading: each.heading, from, rows: [each] });
  }
  return sections;
}

interface PaletteSectionProps {
  readonly heading: string | undefined;
  readonly children: ReactNode;
}

function PaletteSection({ heading, children }: PaletteSectionProps) {
  if (heading === undefined) return children;
  return (
    <div role="group" aria-label={heading}>
      <div className="palette-heading" aria-hidden>
        {heading}
      </div>
      {children}
    </div>
  );
}

/** Around the ends. */
function movedBy(step: 1 | -1, at: number, count: number): number {
  return count === 0 ? 0 : (at + step + count) % count;
}

interface PaletteRowProps {
  readonly item: PaletteItem;
  readonly domId: string;
  readonly isChosen: boolean;
  readonly onRun: (item: PaletteItem) => void;
  /** The heading says to which group it belongs. */
  readonly isGrouped: boolean;
}

function PaletteRow({ item, domId, isChosen, onRun, isGrouped }: PaletteRowProps) {
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
      <ItemIcon id={item.id} />
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
        !isGrouped && <span className="palette-group">{group}</span>
      )}
    </div>
  );
}
