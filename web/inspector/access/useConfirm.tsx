import { useState, type ReactNode } from 'react';
import type { ShownServer } from '../viewProps.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { gradeOf, type Confirmation } from './confirmation.ts';

interface Confirming {
  /** Carries an action out: at once, or when a person has said so. */
  readonly confirm: (confirmation: Confirmation) => void;
  /** Belongs anywhere in the view. */
  readonly dialog: ReactNode;
}

/** Asks before actions on a server, more the more they reach, and more still in production. */
export function useConfirm({ mode, name = '' }: ShownServer): Confirming {
  const [asked, setAsked] = useState<Confirmation>();
  const isProduction = mode === 'production';
  const confirm = (confirmation: Confirmation) => {
    if (gradeOf(confirmation.reach, isProduction) === 'nothing') confirmation.run(() => '');
    else setAsked(confirmation);
  };
  const close = () => setAsked(undefined);
  const dialog = asked && (
    <ConfirmDialog
      confirmation={asked}
      grade={gradeOf(asked.reach, isProduction)}
      serverName={name}
      onClose={close}
    />
  );
  return { confirm, dialog };
}
