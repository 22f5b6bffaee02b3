import type { ShortcutGroup } from '../settings/SettingsDialog.tsx';
import { logKeyLines } from '../log/logKeys.ts';
import { listActions, type Actions } from './actions.ts';
import { namesOfKeys } from './keys.ts';
import { messages as own } from './dialogMessages.ts';
import { messages as say } from './messages.ts';

/** Keys that parts of the page take for themselves: not actions, but worth knowing. */
const otherKeys = [
  { group: say.groupTabs, keys: ['←', '→'], does: own.moveInTabs },
  ...logKeyLines().map(({ names, mod, shift, does }) => {
    const [name = '', ...others] = names;
    const keys = { codes: [], name, ...(mod && { mod }), ...(shift && { shift }) };
    return { group: say.groupResponse, keys: [...namesOfKeys(keys), ...others], does };
  }),
];

/** For the list in the settings: every action that has keys, by group. */
export function shortcutGroups(actions: Actions): readonly ShortcutGroup[] {
  const ofActions = listActions(actions).flatMap(({ group, label, keys }) =>
    keys ? [{ group, keys: namesOfKeys(keys), does: label }] : [],
  );
  const lines = [...ofActions, ...otherKeys];
  const groups = [...new Set(lines.map(({ group }) => group))];
  return groups.map((title) => ({
    title,
    shortcuts: lines.filter(({ group }) => group === title),
  }));
}
