import { createHash } from 'node:crypto';
import { luaCore } from './luaCore.ts';
import { luaKeys, luaPutting } from './luaKeys.ts';
import { luaSessions } from './luaSessions.ts';

const source = luaCore + luaPutting + luaSessions + luaKeys;

/** Follows from the source, so that servers of two versions can use the same nodes. */
export const libraryName = `seshdeck_${createHash('sha1').update(source).digest('hex').slice(0, 10)}`;

/** The library of functions, one for each method, as FUNCTION LOAD takes it. */
export const libraryCode = `#!lua name=${libraryName}\n${source.replaceAll('NAME_', `${libraryName}_`)}`;
