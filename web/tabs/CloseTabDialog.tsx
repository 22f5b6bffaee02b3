import { Button } from '../ui/Button.tsx';
import { lateTexts } from './lateTexts.ts';

interface CloseTabDialogProps {
  readonly onCloseTab: () => void;
  readonly onClose: () => void;
}

/** Asks before a tab with an unsent message is closed. */
export function CloseTabDialog({ onCloseTab, onClose }: CloseTabDialogProps) {
  return (
    <div className="dialog-body">
      <p>{lateTexts.closeLoses}</p>
      <div className="dialog-buttons">
        <Button look="danger" onClick={onCloseTab}>
          {lateTexts.close}
        </Button>
        <Button look="primary" onClick={onClose}>
          {lateTexts.keep}
        </Button>
      </div>
    </div>
  );
}
