import { Copy, Type } from 'lucide-react';
import type { ReactNode } from 'react';
import { plainTextOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import { messages as say } from './messages.ts';
import { useTold } from './useTold.ts';

interface KeyActionsProps {
  readonly name: string;
  /** Absent while it is not loaded. */
  readonly value: JsonText | undefined;
  readonly children?: ReactNode;
}

/** What can be done with an unfolded key. Copies are exact, whatever is shown. */
export function KeyActions({ name, value, children }: KeyActionsProps) {
  const [told, tell] = useTold();
  const copy = async (text: string, done: string) => {
    tell((await copyText(text)) ? done : say.copyRefused);
  };
  const text = value === undefined ? value : plainTextOf(value);
  return (
    <div className="key-actions">
      {children}
      <Button look="quiet" onClick={() => void copy(name, say.keyCopied)}>
        <Copy size={14} />
        {say.copyKey}
      </Button>
      {text !== undefined && text !== value && (
        <Button look="quiet" onClick={() => void copy(text, say.textCopied)}>
          <Type size={14} />
          {say.copyAsText}
        </Button>
      )}
      {value !== undefined && (
        <Button look="quiet" onClick={() => void copy(value, say.valueCopied)}>
          <Copy size={14} />
          {say.copyValue}
        </Button>
      )}
      <span role="status" className="session-note">
        {told}
      </span>
    </div>
  );
}
