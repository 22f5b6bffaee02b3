import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { messages as say } from './dialogMessages.ts';

interface CloseTabDialogProps {
  readonly title: string;
  readonly onCloseTab: () => void;
  readonly onClose: () => void;
}

/** Asks before a tab goes away with something unsent. */
export function CloseTabDialog({ title, onCloseTab, onClose }: CloseTabDialogProps) {
  return (
    <Dialog title={say.closeAsk(title)} onClose={onClose}>
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
    </Dialog>
  );
}
