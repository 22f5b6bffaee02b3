import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/Button.tsx';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import type { DetailActions } from './EntryDetail.tsx';
import { viewStateOf } from './logViewState.ts';
import { RowDetail } from './RowDetail.tsx';
import './QuickLook.css';

interface QuickLookProps {
  readonly log: MessageLog;
  readonly actions: DetailActions;
  readonly onClose: () => void;
}

/** What the active row holds, below the list: it follows as a person steps through the rows. */
export function QuickLook({ log, actions, onClose }: QuickLookProps) {
  const activeId = useStore(viewStateOf(log).store, (view) => view.activeId);
  const entry = activeId === undefined ? undefined : log.visible().find(activeId);
  if (!entry) return null;
  return (
    <section className="log-quick-look" aria-label={texts.quickLook}>
      <div className="log-quick-look-close">
        <IconButton label={texts.closeQuickLook} icon={<X size={14} />} onClick={onClose} />
      </div>
      <RowDetail
        key={entry.id}
        log={log}
        entry={entry}
        reply={log.replyOf(entry)}
        actions={actions}
      />
    </section>
  );
}
