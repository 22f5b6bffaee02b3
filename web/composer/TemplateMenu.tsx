import { ChevronDown } from 'lucide-react';
import { catalog, commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { texts } from './texts.ts';

const groups = { session: texts.sessions, key: texts.keys, server: texts.server };

const items: MenuItem<CommandName>[] = commandNames.map((name) => ({
  id: name,
  label: name,
  hint: catalog[name].summary,
  group: groups[catalog[name].family],
}));

/** A message to start from, for every command of the catalog. */
export function TemplateMenu({ onPick }: { readonly onPick: (name: CommandName) => void }) {
  return (
    <Menu
      label={texts.templates}
      icon={<ChevronDown size={14} aria-hidden />}
      offered={{ name: 'composer.templates', group: texts.compose }}
      items={items}
      onPick={onPick}
    />
  );
}
