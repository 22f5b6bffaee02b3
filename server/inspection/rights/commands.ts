import type { CommandName } from '../../../protocol/commands/catalog.ts';
import type { Need } from './need.ts';

const look: Need = { rights: ['look'], sessions: 'some' };
const lookAtAll: Need = { rights: ['look'], sessions: 'all' };
const values: Need = { rights: ['look', 'values'], sessions: 'some' };
const change: Need = { rights: ['change'], sessions: 'some' };
const changeAll: Need = { rights: ['change'], sessions: 'all' };
/** What was there shows in the reply, or in whether it works. */
const changeByValues: Need = { rights: ['values', 'change'], sessions: 'some' };

/** What an inspector needs to carry out a command. A new command does not compile before it is here. */
export const commandNeeds: Readonly<Record<CommandName, Need>> = {
  SH_NEW: changeAll,
  SH_END: { rights: ['end'], sessions: 'some' },
  SH_OPEN: lookAtAll,
  SH_INFO: look,
  SH_TOUCH: change,
  SH_INFO_ALL: lookAtAll,
  SH_END_ALL: { rights: ['end'], sessions: 'all' },
  SH_EXISTS: lookAtAll,
  SH_SAVE: changeAll,
  SH_LOAD: changeAll,
  KV_SET: change,
  KV_SETQ: change,
  KV_ADD: change,
  KV_ADDQ: change,
  KV_GET: values,
  KV_RMV: change,
  KV_CLEAR: change,
  KV_COUNT: look,
  KV_CONTAINS: look,
  KV_KEYS: look,
  SH_KEYS: look,
  KV_CLEAR_SET: change,
  KV_ARR_APPEND: change,
  KV_TAKE: changeByValues,
  KV_INCR: changeByValues,
  KV_CAS: changeByValues,
  KV_FIND: values,
  KV_UPDATE: changeByValues,
  SV_INFO: look,
};
