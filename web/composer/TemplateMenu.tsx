import { ChevronDown } from 'lucide-react';
import { catalog, commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { texts } from './texts.ts';

const groups = { session: texts.sessions, key: texts.keys, server: texts.server };

function itemsWith(recent: readonly CommandName[]): MenuItem<CommandName>[] {
  const names = [...recent, ...commandNames.filter((name) => !recent.includes(name))];
  return names.map((name) => ({
    id: name,
    label: name,
    hint: catalog[name].summary,
    group: recent.includes(name) ? texts.recent : groups[catalog[name].family],
  }));
}

interface TemplateMenuProps {
  /** What was sent last, newest first. Absent: it is not known yet. */
  readonly recent: (() => readonly CommandName[]) | undefined;
  readonly onPick: (name: CommandName) => void;
}

/** A message to start from, for every command of the catalog. */
export function TemplateMenu({ recent, onPick }: TemplateMenuProps) {
  return (
    <Menu
      label={texts.templates}
      icon={<ChevronDown size={14} aria-hidden />}
      offered={{ name: 'composer.templates', group: texts.compose }}
      items={() => itemsWith(recent?.() ?? [])}
      itemsVersion={recent ? 'with recent' : 'all'}
      filter={{ label: texts.findTemplate, none: texts.noTemplate }}
      onPick={onPick}
    />
  );
}
