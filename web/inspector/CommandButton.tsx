import type { MouseEvent, ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { shortened } from '../ui/shortened.ts';
import { defineTexts } from '../ui/texts.ts';

const texts = defineTexts({
  title: (command: string) => `${command}\nAlt+click: write it into the composer`,
});

const maxShownLength = 300;

interface CommandButtonProps {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  /** What it sends, without a token; undefined: not known yet. */
  readonly command: string | undefined;
  /** What the tooltip begins with. */
  readonly hint?: string;
  /** Puts the command into the composer. Absent: there is none that reaches this server. */
  readonly onCompose?: ((command: string) => void) | undefined;
  /** Why it cannot be used. */
  readonly whyNot?: string | undefined;
  readonly isDisabled?: boolean;
  readonly onRun: () => void;
  readonly children: ReactNode;
}

/** A button that sends a command: the tooltip shows which, Alt+click puts it into the composer. */
export function CommandButton(props: CommandButtonProps) {
  const { command, hint, onCompose, whyNot, onRun } = props;
  const press = (event: MouseEvent) => {
    if (event.altKey && command !== undefined && onCompose) onCompose(command);
    else onRun();
  };
  const shown = command && [hint, shortened(command, maxShownLength)].filter(Boolean).join('\n');
  return (
    <Button
      look={props.look ?? 'plain'}
      disabled={whyNot !== undefined || props.isDisabled === true}
      title={whyNot ?? (shown && (onCompose ? texts.title(shown) : shown))}
      onClick={press}
    >
      {props.children}
    </Button>
  );
}
