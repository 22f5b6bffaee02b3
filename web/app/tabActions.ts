import type { Action } from './action.ts';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import { maxTabs } from './tabsStore.ts';

/** Opening, closing and choosing tabs. */
export function tabActions({ tabs, shell }: Console) {
  const group = say.groupTabs;
  const open = () => tabs.store.getState().tabs;
  const goTo = (at = 0) => {
    const tab = open()[at];
    if (tab) tabs.activate(tab.id);
  };
  return {
    newTab: {
      label: say.newTab,
      group,
      keys: { codes: ['KeyT'], name: 'T', alt: true },
      run: () => {
        if (open().length < maxTabs) tabs.open();
        else shell.tell(say.tooManyTabs(maxTabs));
      },
    },
    closeTab: {
      label: say.closeTab,
      group,
      keys: { codes: ['KeyW'], name: 'W', alt: true },
      run: () => closeTab({ tabs, shell }, tabs.active().id),
    },
    reopenTab: {
      label: say.reopenTab,
      group,
      keys: { codes: ['KeyT'], name: 'T', alt: true, shift: true },
      isEnabled: () => tabs.store.getState().closedCount > 0 && open().length < maxTabs,
      run: () => tabs.reopen(),
    },
    renameTab: {
      label: say.renameTab,
      group,
      keys: { codes: ['F2'], name: 'F2' },
      isKeyElsewhere: true,
      run: () => shell.openDialog({ kind: 'renameTab', tabId: tabs.active().id }),
    },
    goToTab: {
      label: say.goToTab,
      group,
      keys: {
        codes: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Digit${digit}`),
        name: '1 … 9',
        alt: true,
      },
      isUnlisted: true,
      run: goTo,
    },
  } satisfies Record<string, Action>;
}

/** What is done to the active tab where it stands. The row of tabs takes these keys. */
export function tabMoves({ tabs, shell }: Console) {
  const group = say.groupTabs;
  const open = () => tabs.store.getState().tabs;
  const index = () => open().findIndex(({ id }) => id === tabs.active().id);
  const moveBy = (step: number) => moveTab({ tabs, shell }, tabs.active().id, index() + step);
  return {
    moveTabLeft: {
      label: say.moveTabLeft,
      group,
      keys: { codes: ['ArrowLeft'], name: '←', alt: true, shift: true },
      isKeyElsewhere: true,
      isEnabled: () => index() > 0,
      run: () => moveBy(-1),
    },
    moveTabRight: {
      label: say.moveTabRight,
      group,
      keys: { codes: ['ArrowRight'], name: '→', alt: true, shift: true },
      isKeyElsewhere: true,
      isEnabled: () => index() < open().length - 1,
      run: () => moveBy(1),
    },
  } satisfies Record<string, Action>;
}

/** Moves a tab and says where it is now. */
export function moveTab({ tabs, shell }: Pick<Console, 'tabs' | 'shell'>, id: string, to: number) {
  tabs.move(id, to);
  const { tabs: open } = tabs.store.getState();
  const at = open.findIndex((tab) => tab.id === id);
  const title = open[at]?.title ?? '';
  shell.tell(say.movedTab(title, at + 1, open.length));
}

/** Closes a tab; asks first when something unsent would be lost. */
export function closeTab({ tabs, shell }: Pick<Console, 'tabs' | 'shell'>, id: string) {
  const tab = tabs.store.getState().tabs.find((each) => each.id === id);
  const waits = (tab?.connection.store.getState().unsent.length ?? 0) > 0;
  if (waits || tab?.unsent.isUnsent()) shell.openDialog({ kind: 'closeTab', tabId: id });
  else tabs.close(id);
}
