import { Pencil, RotateCw } from 'lucide-react';
import type { SentEntry } from '../../connection/page/exchange.ts';
import { IconButton } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { texts } from '../texts.ts';
import type { RowActions } from './rowProps.ts';

interface RowButtonsProps {
  readonly copied: string;
  /** The message that can be sent again, if the row has one. */
  readonly sent: SentEntry | undefined;
  readonly tabIndex: 0 | -1;
  readonly actions: RowActions;
}

/** What can be done with a row, over its end. */
export function RowButtons({ copied, sent, tabIndex, actions }: RowButtonsProps) {
  return (
    <span className="log-actions">
      <CopyButton label={texts.copyMessage} text={copied} tabIndex={tabIndex} />
      {sent && (
        <>
          <IconButton
            label={texts.edit}
            icon={<Pencil size={14} />}
            tabIndex={tabIndex}
            onClick={() => actions.edit(sent)}
          />
          <IconButton
            label={texts.resend}
            icon={<RotateCw size={14} />}
            tabIndex={tabIndex}
            onClick={() => actions.resend(sent)}
          />
        </>
      )}
    </span>
  );
}
