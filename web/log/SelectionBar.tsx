import { ChevronDown, X } from 'lucide-react';
import type { Entry } from '../connection/exchange.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { messages } from './messages.ts';

/** Something that can be done with entries, made by another feature. */
export interface EntryAction {
  readonly id: string;
  readonly label: string;
  readonly run: (entries: readonly Entry[]) => void;
}

interface SelectionBarProps {
  readonly entries: readonly Entry[];
  readonly actions: readonly EntryAction[];
  readonly onCopy: () => void;
  readonly onCompare: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen messages. */
export function SelectionBar(props: SelectionBarProps) {
  const { entries, actions } = props;
  const comparable = entries.filter(({ kind }) => kind !== 'connection');
  return (
    <div className="log-selection" role="toolbar" aria-label={messages.selection}>
      <span role="status">{messages.selected(entries.length)}</span>
      <Button onClick={props.onCopy}>{messages.copy}</Button>
      <Button
        disabled={entries.length !== 2 || comparable.length !== 2}
        title={messages.compareHint}
        onClick={props.onCompare}
      >
        {messages.compare}
      </Button>
      {actions.length > 0 && (
        <Menu
          label={messages.actions}
          icon={<ChevronDown size={14} />}
          items={actions.map(({ id, label }) => ({ id, label }))}
          onPick={(id) => actions.find((action) => action.id === id)?.run(entries)}
        />
      )}
      <span className="spring" />
      <IconButton label={messages.clearSelection} icon={<X size={14} />} onClick={props.onClear} />
    </div>
  );
}
