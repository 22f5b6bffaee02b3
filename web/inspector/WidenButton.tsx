import { Maximize2, Minimize2 } from 'lucide-react';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { texts } from './texts.ts';

interface WidenButtonProps {
  readonly isWidened: boolean;
  readonly onWiden: (isWidened: boolean) => void;
}

/** Gives the panel the whole window, or takes it back. */
export function WidenButton({ isWidened, onWiden }: WidenButtonProps) {
  const widen: Action = {
    label: texts.widen,
    group: texts.sessions,
    run: () => onWiden(!isWidened),
  };
  useActions(() => ({ 'sessions.widen': widen }));
  return (
    <span className="sessions-widen">
      <ActionButton
        action={widen}
        icon={isWidened ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
        aria-pressed={isWidened}
      />
    </span>
  );
}
