import { followLinks } from '../links/followLinks.ts';
import { openTab } from '../tabs/actions.ts';
import { uiTexts } from '../ui/uiTexts.ts';
import type { AppParts } from './createParts.ts';
import { learnPanel } from './panelList.ts';

/** Brings this page to what its address says, now and whenever that changes. */
export function followPageLinks({ tabs, shell, loadTutorial }: AppParts): Promise<void> {
  return followLinks({
    activeTab: tabs.active,
    openTab: () => openTab({ tabs, shell }),
    showComposer: shell.showComposer,
    showTutorial: () => shell.show(learnPanel),
    loadTutorial: async () => (await loadTutorial()).tutorial,
    onNotLoaded: () => shell.notify(uiTexts.notLoaded),
  });
}
