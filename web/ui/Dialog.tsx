import { createContext, useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { X } from './firstIcons.tsx';
import { focusFirst } from './focusFirst.ts';
import { uiTexts } from './uiTexts.ts';
import './Dialog.css';

/** What was typed before the content of a dialog was there. */
export interface TypedAhead {
  text: string;
  /** Enter ends it: nothing is taken after it. */
  isEntered: boolean;
}

interface OpenDialog {
  readonly element: () => HTMLDialogElement | null;
  readonly typedAhead: TypedAhead;
}

/** The dialog around a content. */
export const DialogContext = createContext<OpenDialog | undefined>(undefined);

interface DialogProps {
  readonly title: string;
  /** Without a visible head; a click beside it closes it. */
  readonly isBare?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog; the browser keeps the focus inside and gives it back at the end. The first field
 * has the focus (see {@link focusFirst}), the closing button comes last.
 */
export function Dialog({ title, isBare = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useRef<OpenDialog>({
    element: () => dialog.current,
    typedAhead: { text: '', isEntered: false },
  });
  // Closed while it is still on the page: from a removed one the browser gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (element) focusFirst(element);
    return () => element?.close();
  }, []);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!isBare || !element) return undefined;
    const closeBeside = (event: PointerEvent) => event.target === element && element.close();
    element.addEventListener('pointerdown', closeBeside);
    return () => element.removeEventListener('pointerdown', closeBeside);
  }, [isBare]);
  return (
    <dialog
      ref={dialog}
      className={isBare ? 'dialog is-bare' : 'dialog'}
      aria-label={title}
      // A close event may come late, when strict mode has opened the dialog again.
      onClose={() => dialog.current?.open !== true && onClose()}
    >
      {!isBare && (
        <div className="dialog-head">
          <h2>{title}</h2>
        </div>
      )}
      <DialogContext value={open.current}>{children}</DialogContext>
      {!isBare && (
        <div className="dialog-close">
          <IconButton
            label={uiTexts.closeDialog}
            icon={<X size={16} />}
            onClick={() => dialog.current?.close()}
          />
        </div>
      )}
    </dialog>
  );
}
