import { catalog, commandNames, isCommandName } from '../../protocol/commands/catalog.ts';

/** How a message begins whose command's name is spelled in the usual way. */
export const plainName = /^[ \t\r\n]*\{[ \t\r\n]*"([A-Z_]+)"/;

/** The name of a command is within so many bytes, unless it is spelled in an unusual way. */
const beginningBytes = 256;

/** How most messages begin. */
const usualText = '{"KV_';
const usualBytes = Buffer.from(usualText);
const isUsualABarrier = commandNames.some((name) => name.startsWith('KV_') && hasBarrier(name));

/**
 * Whether a request must run alone among those of its connection. Reads no more than the name; one
 * that is spelled in an unusual way counts as a barrier, which is safe.
 */
export function isBarrier(message: string | Buffer): boolean {
  if (!isUsualABarrier && beginsUsually(message)) return false;
  const beginning =
    typeof message === 'string'
      ? message.slice(0, beginningBytes)
      : message.toString('latin1', 0, beginningBytes);
  const name = plainName.exec(beginning)?.[1];
  if (name === undefined) return true;
  return isCommandName(name) && hasBarrier(name);
}

function hasBarrier(name: keyof typeof catalog): boolean {
  return catalog[name].isBarrier === true;
}

/** Byte by byte: a tenth of the time of making a text. */
function beginsUsually(message: string | Buffer): boolean {
  if (typeof message === 'string') return message.startsWith(usualText);
  for (let at = 0; at < usualBytes.length; at += 1) {
    if (message[at] !== usualBytes[at]) return false;
  }
  return true;
}
