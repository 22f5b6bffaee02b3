import { Copy, Type } from 'lucide-react';
import type { ReactNode } from 'react';
import { plainTextOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { texts } from '../texts.ts';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';

interface KeyActionsProps {
  readonly name: string;
  /** Absent while it is not loaded. */
  readonly value: JsonText | undefined;
  readonly children?: ReactNode;
}

/** What can be done with an unfolded key. Copies are exact, whatever is shown. */
export function KeyActions({ name, value, children }: KeyActionsProps) {
  const [notice, showNotice] = useBriefNotice();
  const copy = async (text: string, done: string) => {
    showNotice((await copyText(text)) ? done : texts.copyRefused);
  };
  const text = value === undefined ? value : plainTextOf(value);
  return (
    <div className="key-actions">
      {children}
      <Button look="quiet" onClick={() => void copy(name, texts.keyCopied)}>
        <Copy size={14} />
        {texts.copyKey}
      </Button>
      {text !== undefined && text !== value && (
        <Button look="quiet" onClick={() => void copy(text, texts.textCopied)}>
          <Type size={14} />
          {texts.copyAsText}
        </Button>
      )}
      {value !== undefined && (
        <Button look="quiet" onClick={() => void copy(value, texts.valueCopied)}>
          <Copy size={14} />
          {texts.copyValue}
        </Button>
      )}
      <span role="status" className="session-note">
        {notice}
      </span>
    </div>
  );
}
