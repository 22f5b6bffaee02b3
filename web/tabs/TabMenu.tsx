import { Ellipsis } from 'lucide-react';
import { Menu } from '../ui/Menu.tsx';
import type { Action } from '../ui/action.ts';
import { keysInWord } from '../ui/keys.ts';
import type { TabActions, TabParts } from './actions.ts';
import { lateTabActions } from './lateActions.ts';
import { lateTexts } from './lateTexts.ts';

interface TabMenuProps {
  readonly parts: TabParts;
  readonly actions: TabActions;
}

/** In the order of the menu. */
const menuActions = ['renameTab', 'moveTabLeft', 'moveTabRight', 'closeTab', 'reopenTab'] as const;

/** What can be done with the active tab. */
export function TabMenu({ parts, actions: { closeTab, reopenTab } }: TabMenuProps) {
  const actions = { ...lateTabActions(parts), closeTab, reopenTab };
  const items = menuActions.map((id) => {
    const { label, keys }: Action = actions[id];
    return { id, label, isPlain: true, ...(keys && { hint: keysInWord(keys) }) };
  });
  return (
    <Menu
      label={lateTexts.tabMenu}
      icon={<Ellipsis size={16} aria-hidden />}
      isIconOnly
      items={items}
      onPick={(id) => {
        const { isEnabled, run }: Action = actions[id];
        if (isEnabled?.() !== false) run();
      }}
    />
  );
}
