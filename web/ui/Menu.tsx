import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import { SearchField } from './SearchField.tsx';
import { useDropDown, type OfferedDropDown } from './useDropDown.ts';
import './Menu.css';

/** One choice of a {@link Menu}. */
export interface MenuItem<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly hint?: string;
  /** Items of one group stand together under its name. */
  readonly group?: string;
  /** The label is a text of ours, no name of the protocol, and the hint is its keys. */
  readonly isPlain?: boolean;
}

type Items<T extends string> = readonly MenuItem<T>[] | (() => readonly MenuItem<T>[]);

interface MenuProps<T extends string> {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Only the icon is seen; the label is still the button's name. */
  readonly isIconOnly?: boolean;
  /** As a function: asked for when the menu opens. */
  readonly items: Items<T>;
  /** When it changes, items are asked for again, also while the menu is open. */
  readonly itemsVersion?: string | number;
  readonly onPick: (id: T) => void;
  /** Absent: only the button opens it. */
  readonly offered?: OfferedDropDown;
  /** The items that are on. With it every item is a switch, and the list stays open. */
  readonly checked?: ReadonlySet<T>;
  /** With it the list is long: a field above it filters, and wide windows show it in two columns. */
  readonly filter?: { readonly label: string; readonly none: string };
}

/** A button that opens a list of choices: arrows move, a letter jumps, Escape closes. */
export function Menu<T extends string>(props: MenuProps<T>) {
  const { label, icon, onPick, offered, checked, isIconOnly = false } = props;
  const dropDown = useDropDown({ label, offered, takeFocus: focusFirst });
  const { isOpen, setOpen, root, panel: list, close } = dropDown;
  const id = useId();

  const pick = (picked: T) => {
    if (!checked) close();
    onPick(picked);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Escape and Enter that end a composed word are not ours.
    if (!isOpen || !list.current || event.nativeEvent.isComposing) return;
    if (event.key === 'Tab') setOpen(false);
    else if (event.key === 'Escape') close();
    else if (!moveByKey(list.current, event)) return;
    if (event.key !== 'Tab') event.preventDefault();
  };

  return (
    <div className="menu drop-down" ref={root} onKeyDown={onKeyDown} role="presentation">
      <Button
        look="quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        title={isIconOnly ? label : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {isIconOnly ? <span className="visually-hidden">{label}</span> : label} {icon}
      </Button>
      {isOpen && (
        <div className="drop-down-panel menu-panel" ref={list} popover="manual">
          <MenuRows {...props} id={id} onPick={pick} />
        </div>
      )}
    </div>
  );
}

interface MenuRowsProps<T extends string> extends MenuProps<T> {
  readonly id: string;
}

function MenuRows<T extends string>(props: MenuRowsProps<T>) {
  const { items, itemsVersion, checked, filter, onPick } = props;
  const [search, setSearch] = useState('');
  const all = useItems({ items, version: itemsVersion, mayChange: search === '' });
  const needle = foldText(search.trim());
  const rows = all.filter(
    ({ label, hint = '' }) => holdsFolded(label, needle) || holdsFolded(hint, needle),
  );
  return (
    <>
      {filter && (
        <div className="menu-filter">
          <SearchField
            label={filter.label}
            search={search}
            onSearch={setSearch}
            onKeyDown={(event) => {
              const [first] = rows;
              if (event.key === 'Enter' && first && !event.nativeEvent.isComposing) {
                onPick(first.id);
              }
            }}
          />
        </div>
      )}
      {filter && rows.length === 0 && <p className="menu-none">{filter.none}</p>}
      <div
        className={filter ? 'menu-list is-long' : 'menu-list'}
        role="menu"
        id={props.id}
        aria-label={props.label}
      >
        {rows.map((item, index) => (
          <MenuRow
            key={item.id}
            item={item}
            isChecked={checked?.has(item.id)}
            before={rows[index - 1]}
            onPick={onPick}
          />
        ))}
      </div>
    </>
  );
}

interface AskedItems<T extends string> {
  readonly items: Items<T>;
  readonly version: string | number | undefined;
  /** False: Enter would pick another one than a person has just seen. */
  readonly mayChange: boolean;
}

/** Items as they were when the menu opened, or when their version changed. */
function useItems<T extends string>({ items, version, mayChange }: AskedItems<T>) {
  const ask = () => ({ version, all: typeof items === 'function' ? items() : items });
  const [asked, setAsked] = useState(ask);
  if (mayChange && asked.version !== version) setAsked(ask());
  return asked.all;
}

interface MenuRowProps<T extends string> {
  readonly item: MenuItem<T>;
  /** undefined: it is no switch. */
  readonly isChecked: boolean | undefined;
  readonly before: MenuItem<T> | undefined;
  readonly onPick: (id: T) => void;
}

function MenuRow<T extends string>({ item, isChecked, before, onPick }: MenuRowProps<T>) {
  const startsGroup = item.group !== undefined && item.group !== before?.group;
  return (
    <>
      {startsGroup && (
        <div className="menu-group" role="presentation">
          {item.group}
        </div>
      )}
      <button
        type="button"
        role={isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
        aria-checked={isChecked}
        tabIndex={before ? -1 : 0}
        className={item.isPlain ? 'menu-item is-plain' : 'menu-item'}
        onClick={() => onPick(item.id)}
      >
        {item.isPlain ? <span>{item.label}</span> : <code translate="no">{item.label}</code>}
        {item.hint !== undefined && (
          <span translate={item.isPlain ? 'no' : undefined}>{item.hint}</span>
        )}
      </button>
    </>
  );
}

const itemSelector = '[role^=menuitem]';

function focusFirst(list: HTMLElement): void {
  list.querySelector<HTMLElement>(itemSelector)?.focus();
}

/** @returns Whether the key meant a move. With a field, letters are typed into it. */
function moveByKey(panel: HTMLElement, event: KeyboardEvent): boolean {
  const field = panel.querySelector('input');
  const { key } = event;
  if (!field) return moveFocus(panel, key);
  if (event.target === field) return /^Arrow(?:Up|Down)$/.test(key) && moveFocus(panel, key);
  const isTyped = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey;
  if (!isTyped && key !== 'Backspace') return moveFocus(panel, key);
  field.focus();
  return false;
}

/** @returns Whether the key meant a move. */
function moveFocus(list: HTMLElement, key: string): boolean {
  const rows = [...list.querySelectorAll<HTMLElement>(itemSelector)];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = nextIndex(rows, at, key);
  rows[next]?.focus();
  return next >= 0;
}

function nextIndex(rows: readonly HTMLElement[], at: number, key: string): number {
  if (key === 'ArrowDown') return (at + 1) % rows.length;
  if (key === 'ArrowUp') return (at - 1 + rows.length) % rows.length;
  if (key === 'Home') return 0;
  if (key === 'End') return rows.length - 1;
  if (!/^[a-z_]$/i.test(key)) return -1;
  const startsWithKey = (row: HTMLElement) =>
    row.textContent.toLowerCase().startsWith(key.toLowerCase());
  const after = rows.findIndex((row, index) => index > at && startsWithKey(row));
  return after >= 0 ? after : rows.findIndex(startsWithKey);
}
