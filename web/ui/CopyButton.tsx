import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { copyText } from './copyText.ts';
import { uiTexts } from './uiTexts.ts';

const shownForMs = 1500;

interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
  /** Default: two sheets of paper. */
  readonly icon?: ReactNode;
  readonly tabIndex?: number;
}

/** Copies a text and shows for a moment whether that worked. */
export function CopyButton({ label, text, icon = <Copy size={14} />, tabIndex }: CopyButtonProps) {
  const [result, setResult] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (result === 'none') return undefined;
    const timer = window.setTimeout(() => setResult('none'), shownForMs);
    return () => window.clearTimeout(timer);
  }, [result]);
  const copy = async () => setResult((await copyText(text)) ? 'copied' : 'refused');
  const icons = {
    none: icon,
    copied: <Check size={14} />,
    refused: <TriangleAlert size={14} />,
  };
  const titles = { none: label, copied: uiTexts.copied, refused: uiTexts.copyRefused };
  return (
    <IconButton
      label={label}
      title={titles[result]}
      icon={icons[result]}
      tabIndex={tabIndex}
      onClick={() => void copy()}
    />
  );
}
