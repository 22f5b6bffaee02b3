import { X } from 'lucide-react';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { Button, IconButton } from './Button.tsx';
import { focusFirst } from './focusFirst.ts';
import { useDropDown, type OfferedDropDown } from './useDropDown.ts';
import './Popover.css';

interface PopoverProps {
  /** Accessible name of the button and of what it opens. */
  readonly label: string;
  readonly title: string;
  /** On the button. */
  readonly face: ReactNode;
  readonly closeLabel: string;
  /** Absent: only the button opens it. */
  readonly offered?: OfferedDropDown;
  /** As a function: gets what closes it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** A button that opens a small panel. Escape closes it and gives the focus back to the button. */
export function Popover({ label, title, face, offered, children, ...rest }: PopoverProps) {
  const dropDown = useDropDown({ label, offered, takeFocus: focusFirst });
  const { isOpen, setOpen, root, panel, close } = dropDown;
  const id = useId();

  const onKeyDown = (event: KeyboardEvent) => {
    // Escape that ends a composed word is not ours.
    if (!isOpen || event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  };

  return (
    <div className="popover drop-down" ref={root} onKeyDown={onKeyDown} role="presentation">
      <Button
        look="quiet"
        title={title}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </Button>
      {isOpen && (
        <div
          className="drop-down-panel popover-panel"
          role="dialog"
          id={id}
          aria-label={label}
          ref={panel}
          tabIndex={-1}
          popover="manual"
        >
          <div className="popover-head">
            <h3>{label}</h3>
          </div>
          {typeof children === 'function' ? children(close) : children}
          <div className="popover-close">
            <IconButton label={rest.closeLabel} icon={<X size={14} />} onClick={close} />
          </div>
        </div>
      )}
    </div>
  );
}
