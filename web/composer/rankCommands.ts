import { catalog, commandNames, type CommandName } from '../../protocol/commands/catalog.ts';

const usedMost: readonly CommandName[] = [
  'SH_NEW',
  'KV_SET',
  'KV_GET',
  'SH_OPEN',
  'SH_INFO',
  'KV_FIND',
  'KV_RMV',
  'KV_UPDATE',
  'SH_END',
  'SH_INFO_ALL',
];

/** All commands, those first that most messages are about. */
const usualOrder: readonly CommandName[] = [
  ...usedMost,
  ...commandNames.filter((name) => !usedMost.includes(name)),
];

/**
 * The commands that what was typed may mean, the likeliest first: its beginning, the beginning of a
 * later part, any part, and its letters in this order. Each kind in the usual order; a dangerous
 * command is never above others unless its name begins with what was typed.
 */
export function rankCommands(typed: string): readonly CommandName[] {
  const wanted = typed.toUpperCase();
  const ranked = usualOrder.map((name) => ({ name, rank: rankOf(name, wanted) }));
  return ranked
    .filter(({ rank }) => rank !== undefined)
    .toSorted((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ name }) => name);
}

/** More than any rank that is not dangerous. */
const behindOthers = 10;

/** @returns undefined where it does not fit. */
function rankOf(name: CommandName, wanted: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  const fits = [name.includes(`_${wanted}`), name.includes(wanted), hasLetters(name, wanted)];
  const kind = fits.indexOf(true);
  if (kind < 0) return undefined;
  return 1 + kind + (catalog[name].isDangerous ? behindOthers : 0);
}

function hasLetters(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
