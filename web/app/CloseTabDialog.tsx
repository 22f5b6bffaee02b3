import { Button } from '../ui/Button.tsx';
import { messages as say } from './dialogMessages.ts';

interface CloseTabDialogProps {
  readonly onCloseTab: () => void;
  readonly onClose: () => void;
}

/** Asks before a tab goes away with something unsent. */
export function CloseTabDialog({ onCloseTab, onClose }: CloseTabDialogProps) {
  return (
    <div className="dialog-body">
      <p>{say.closeLoses}</p>
      <div className="dialog-buttons">
        <Button look="danger" onClick={onCloseTab}>
          {say.close}
        </Button>
        <Button look="primary" onClick={onClose}>
          {say.keep}
        </Button>
      </div>
    </div>
  );
}
