import { useEffect, useRef, useState } from 'react';
import { useActions } from './action.ts';
import './DropDown.css';

/** How the palette has a drop-down: it opens it. */
export interface OfferedDropDown {
  /** Of the action. */
  readonly name: string;
  /** Of the part of the page that it stands in. */
  readonly group: string;
}

interface DropDown {
  /** Of the button. */
  readonly label: string;
  /** Absent: only the button opens it. */
  readonly offered: OfferedDropDown | undefined;
  /** Puts the focus into what has opened; the same function at every render. */
  readonly takeFocus: (panel: HTMLElement) => void;
}

/** What a button opens below itself. A press outside closes it. */
export function useDropDown({ label, offered, takeFocus }: DropDown) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useActions(() =>
    offered ? { [offered.name]: { label, group: offered.group, run: () => setOpen(true) } } : {},
  );

  useEffect(() => {
    if (!isOpen || !panel.current) return undefined;
    // Above everything, where no panel cuts it off.
    panel.current.showPopover();
    takeFocus(panel.current);
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen, takeFocus]);

  /** Closes, and gives the focus back to the button. */
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return { isOpen, setOpen, root, panel, close };
}
