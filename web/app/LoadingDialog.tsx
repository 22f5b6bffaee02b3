import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { Loaded } from '../ui/useLoaded.ts';
import { loadingMessages } from './loadingMessages.ts';

interface LoadingDialogProps {
  readonly loaded: Exclude<Loaded<unknown>, { state: 'ready' }>;
  readonly onClose: () => void;
}

/** Stands in for a dialog that could not be fetched; nothing for one that is on its way. */
export function LoadingDialog({ loaded, onClose }: LoadingDialogProps) {
  if (loaded.state === 'loading') return null;
  return (
    <Dialog title={loadingMessages.failed} onClose={onClose}>
      <div className="dialog-body">
        <p role="alert">{loadingMessages.failedWhy}</p>
        <div className="dialog-buttons">
          <Button onClick={loaded.retry}>{loadingMessages.retry}</Button>
        </div>
      </div>
    </Dialog>
  );
}
