import { X } from 'lucide-react';
import type { Entry } from '../connection/page/exchange.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { texts } from './texts.ts';

interface SelectionBarProps {
  readonly entries: readonly Entry[];
  readonly onExport: () => void;
  readonly onCopy: () => void;
  readonly onCompare: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen messages. */
export function SelectionBar(props: SelectionBarProps) {
  const { entries } = props;
  const comparable = entries.filter(({ kind }) => kind !== 'connection');
  return (
    <div className="log-selection" role="toolbar" aria-label={texts.selection}>
      <span role="status">{texts.selected(entries.length)}</span>
      <Button onClick={props.onCopy}>{texts.copy}</Button>
      <Button
        disabled={entries.length !== 2 || comparable.length !== 2}
        title={texts.compareHint}
        onClick={props.onCompare}
      >
        {texts.compare}
      </Button>
      <Button onClick={props.onExport}>{texts.exportSelected}</Button>
      <span className="spring" />
      <IconButton label={texts.clearSelection} icon={<X size={14} />} onClick={props.onClear} />
    </div>
  );
}
