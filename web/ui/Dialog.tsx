import { X } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { messages } from './uiMessages.ts';
import './Dialog.css';

interface DialogProps {
  readonly title: string;
  /** Without a visible head; a click beside it closes it. */
  readonly isBare?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog; the browser keeps the focus inside and gives it back at the end. */
export function Dialog({ title, isBare = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it is still on the page: from a removed one the browser gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
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
      // Late news of a closing that was undone since (React's strict mode) is none.
      onClose={() => dialog.current?.open !== true && onClose()}
    >
      {!isBare && (
        <div className="dialog-head">
          <h2>{title}</h2>
          <IconButton
            label={messages.closeDialog}
            icon={<X size={16} />}
            onClick={() => dialog.current?.close()}
          />
        </div>
      )}
      {children}
    </dialog>
  );
}
