import type { Action } from '../ui/action.ts';
import type { Shell } from '../layout/shellStore.ts';
import { maxTabs, type Tabs } from './tabsStore.ts';
import type { Tab } from './tab.ts';
import { texts } from './texts.ts';

/** What the actions of tabs act on. */
export interface TabParts {
  readonly tabs: Tabs;
  readonly shell: Pick<Shell, 'openDialog' | 'notify'>;
}

/** What the row of tabs needs; shortcuts may have other keys for them. */
export type TabActions = Readonly<Record<'newTab' | 'closeTab' | 'reopenTab', Action>>;

/** Opening, closing and choosing tabs. */
export function tabActions({ tabs, shell }: TabParts) {
  const group = texts.group;
  const open = () => tabs.store.getState().tabs;
  const goTo = (at = 0) => {
    const tab = open()[at];
    if (tab) tabs.activate(tab.id);
  };
  return {
    newTab: {
      label: texts.newTab,
      group,
      keys: { codes: ['KeyT'], name: 'T', alt: true },
      run: () => void openTab({ tabs, shell }),
    },
    closeTab: {
      label: texts.closeTab,
      group,
      keys: { codes: ['KeyW'], name: 'W', alt: true },
      run: () => closeTab({ tabs, shell }, tabs.active().id),
    },
    reopenTab: {
      label: texts.reopenTab,
      group,
      keys: { codes: ['KeyT'], name: 'T', alt: true, shift: true },
      isEnabled: () => tabs.store.getState().closedCount > 0 && open().length < maxTabs,
      run: () => tabs.reopen(),
    },
    goToTab: {
      label: texts.goToTab,
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

/** Opens a tab, or says why there can be no more. @param url Of its server; absent: that of the page. */
export function openTab({ tabs, shell }: TabParts, url?: string): Tab | undefined {
  if (tabs.store.getState().tabs.length < maxTabs) return tabs.open(url);
  shell.notify(texts.tooManyTabs(maxTabs));
  return undefined;
}

/** Moves a tab and says where it is now. */
export function moveTab({ tabs, shell }: TabParts, id: string, to: number) {
  tabs.move(id, to);
  const { tabs: open } = tabs.store.getState();
  const at = open.findIndex((tab) => tab.id === id);
  const title = open[at]?.title ?? '';
  shell.notify(texts.movedTab(title, at + 1, open.length));
}

/** Closes a tab; asks first when something unsent would be lost. */
export function closeTab({ tabs, shell }: TabParts, id: string) {
  const tab = tabs.store.getState().tabs.find((each) => each.id === id);
  const waits = (tab?.connection.store.getState().unsent.length ?? 0) > 0;
  if (waits || tab?.unsent.isUnsent()) shell.openDialog({ kind: 'closeTab', tabId: id });
  else tabs.close(id);
}
