import { Ellipsis } from 'lucide-react';
import { Menu } from '../ui/Menu.tsx';
import type { Actions } from './actions.ts';
import { keysInWord } from './keys.ts';
import { messages as say } from './messages.ts';

const menuActions = [
  'renameTab',
  'moveTabLeft',
  'moveTabRight',
  'closeTab',
  'reopenTab',
] as const satisfies readonly (keyof Actions)[];

/** What can be done with the active tab. */
export function TabMenu({ actions }: { readonly actions: Actions }) {
  const items = menuActions.map((id) => {
    const { label, keys } = actions[id];
    return { id, label, isPlain: true, ...(keys && { hint: keysInWord(keys) }) };
  });
  return (
    <Menu
      label={say.tabMenu}
      icon={<Ellipsis size={16} aria-hidden />}
      isIconOnly
      items={items}
      onPick={(id) => {
        const { isEnabled, run } = actions[id];
        if (isEnabled?.() !== false) run();
      }}
    />
  );
}
