import type { ReactNode } from 'react';
import type { Action } from './action.ts';
import { IconButton } from './Button.tsx';
import { keysInWord } from './keys.ts';
import { uiTexts } from './uiTexts.ts';

interface ActionButtonProps {
  readonly action: Action;
  readonly icon: ReactNode;
  /** Absent: the name of the action, with its keys. */
  readonly title?: string;
  /** Absent: when the action cannot be done now. */
  readonly disabled?: boolean;
  readonly 'aria-pressed'?: boolean;
}

/** A button with a picture for an action. */
export function ActionButton({ action, ...rest }: ActionButtonProps) {
  return (
    <IconButton
      label={action.label}
      title={titleOf(action)}
      disabled={action.isEnabled?.() === false}
      onClick={() => action.run(0)}
      {...rest}
    />
  );
}

/** `New tab (Alt+T)`. */
export function titleOf({ label, keys }: Action): string {
  return keys ? uiTexts.withKeys(label, keysInWord(keys)) : label;
}
