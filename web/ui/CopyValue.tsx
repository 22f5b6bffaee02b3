import { Type } from 'lucide-react';
import { CopyButton } from './CopyButton.tsx';
import { uiTexts } from './uiTexts.ts';

interface CopyValueProps {
  /** The value as JSON. */
  readonly json: string;
  /** The value as plain text, where that is another text: a string without quotes and escapes. */
  readonly text: string;
  readonly tabIndex?: number;
}

/** Copies a value of a message: as JSON, and a string also as its text. */
export function CopyValue({ json, text, tabIndex = 0 }: CopyValueProps) {
  return (
    <>
      {text !== json && (
        <CopyButton
          label={uiTexts.copyAsText}
          text={text}
          icon={<Type size={14} />}
          tabIndex={tabIndex}
        />
      )}
      <CopyButton label={uiTexts.copyValue} text={json} tabIndex={tabIndex} />
    </>
  );
}
