import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import type { Action } from './action.ts';
import { keysInWord } from './keys.ts';
import { messages as texts } from './uiMessages.ts';

interface ActionButtonProps {
  readonly action: Action;
  readonly icon: ReactNode;
  readonly disabled?: boolean;
}

/** A button with a picture for an action; its tooltip has the keys as well. */
export function ActionButton({ action, icon, disabled }: ActionButtonProps) {
  return (
    <IconButton
      label={action.label}
      title={titleOf(action)}
      icon={icon}
      disabled={disabled}
      onClick={() => action.run(0)}
    />
  );
}

/** `New tab (Alt+T)`. */
export function titleOf({ label, keys }: Action): string {
  return keys ? texts.withKeys(label, keysInWord(keys)) : label;
}
