import { commandNames, type CommandName } from '../../protocol/commands/catalog.ts';

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
export const usualOrder: readonly CommandName[] = [
  ...usedMost,
  ...commandNames.filter((name) => !usedMost.includes(name)),
];
