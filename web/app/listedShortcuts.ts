import { logKeyLines } from '../log/list/logKeys.ts';
import type { KeyLine, ListedShortcuts } from '../settings/shortcutGroups.ts';
import { namesOfKeys } from '../ui/keys.ts';
import { lateTexts as texts } from './lateTexts.ts';
import { menuItems, toolbarItems } from './paletteItems.ts';

/** Keys that parts of the page take for themselves. */
const otherKeys: readonly KeyLine[] = [
  { group: texts.tabs, keys: ['←', '→'], does: texts.moveInTabs },
  ...logKeyLines().map(({ names, mod, shift, does }) => {
    const [name = '', ...others] = names;
    const keys = { codes: [], name, ...(mod && { mod }), ...(shift && { shift }) };
    return { group: texts.response, keys: [...namesOfKeys(keys), ...others], does };
  }),
];

/** What the list of shortcuts has: actions, keys of parts of the page, buttons and menus. */
export function listedShortcuts(usual: ListedShortcuts['usual']): ListedShortcuts {
  const choices = menuItems().filter(({ isFleeting }) => isFleeting !== true);
  return { usual, otherKeys, others: [...toolbarItems(), ...choices] };
}
