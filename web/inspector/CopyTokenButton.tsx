import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import type { Inspector } from './inspectorStore.ts';

interface CopyTokenButtonProps {
  readonly inspector: Inspector;
  readonly sessionId: string;
  readonly isDisabled: boolean;
}

const shownForMs = 1500;

const results = {
  none: { icon: <Copy size={14} />, title: 'Copy token' },
  copied: { icon: <Check size={14} />, title: 'Copied' },
  refused: { icon: <TriangleAlert size={14} />, title: 'The browser refused to copy' },
  missing: { icon: <TriangleAlert size={14} />, title: 'The server did not give the token' },
};

/** Fetches the token into the clipboard without showing it. */
export function CopyTokenButton({ inspector, sessionId, isDisabled }: CopyTokenButtonProps) {
  const [result, setResult] = useState<keyof typeof results>('none');
  useEffect(() => {
    if (result === 'none') return undefined;
    const timer = window.setTimeout(() => setResult('none'), shownForMs);
    return () => window.clearTimeout(timer);
  }, [result]);
  const copy = async () => {
    const token = await inspector.askToken(sessionId);
    if (token === undefined) setResult('missing');
    else setResult((await copyText(token)) ? 'copied' : 'refused');
  };
  const { icon, title } = results[result];
  return (
    <IconButton
      label="Copy token"
      title={title}
      icon={icon}
      disabled={isDisabled}
      onClick={() => void copy()}
    />
  );
}
