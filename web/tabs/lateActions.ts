import type { Action, Actions } from '../ui/action.ts';
import { moveTab, type TabParts } from './actions.ts';
import { lateTexts } from './lateTexts.ts';
import { texts } from './texts.ts';

/** For the menu, the palette and the list of shortcuts; the row of tabs handles these keys. */
export function lateTabActions({ tabs, shell }: TabParts) {
  const group = texts.group;
  const open = () => tabs.store.getState().tabs;
  const index = () => open().findIndex(({ id }) => id === tabs.active().id);
  const moveBy = (step: number) => moveTab({ tabs, shell }, tabs.active().id, index() + step);
  return {
    renameTab: {
      label: texts.renameTab,
      group,
      keys: { codes: ['F2'], name: 'F2' },
      isKeyElsewhere: true,
      run: () => shell.openDialog({ kind: 'renameTab', tabId: tabs.active().id }),
    },
    moveTabLeft: {
      label: lateTexts.moveTabLeft,
      group,
      keys: { codes: ['ArrowLeft'], name: '←', alt: true, shift: true },
      isKeyElsewhere: true,
      isEnabled: () => index() > 0,
      run: () => moveBy(-1),
    },
    moveTabRight: {
      label: lateTexts.moveTabRight,
      group,
      keys: { codes: ['ArrowRight'], name: '→', alt: true, shift: true },
      isKeyElsewhere: true,
      isEnabled: () => index() < open().length - 1,
      run: () => moveBy(1),
    },
  } satisfies Record<string, Action>;
}

/** Every tab, to go to. */
export function tabContents({ tabs }: Pick<TabParts, 'tabs'>): Actions {
  const contents = tabs.store
    .getState()
    .tabs.map(({ id, title }): [string, Action] => [
      `tab ${id}`,
      { label: lateTexts.goTo(title), group: texts.group, run: () => tabs.activate(id) },
    ]);
  return Object.fromEntries(contents);
}
