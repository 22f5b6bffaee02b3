import { useEffect, useRef, useState } from 'react';
import { showBelow } from './showBelow.ts';

/**
 * What a button opens below itself. A press outside closes it.
 * @param takeFocus Puts the focus into what has opened; the same function at every render.
 */
export function useDropDown(takeFocus: (panel: HTMLElement) => void) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen || !root.current || !panel.current) return undefined;
    showBelow(root.current, panel.current);
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
