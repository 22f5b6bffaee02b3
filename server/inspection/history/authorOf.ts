import type { Author } from '../../../protocol/inspection/author.ts';
import type { Writer } from '../../store/timeline.ts';

/** Who made a change, as inspectors get it. */
export function authorOf({ cause, atMs }: Writer): Author {
  const at = { atMs: Math.round(atMs), command: cause?.command };
  if (!cause || cause.connection === 0) return { by: 'server', server: cause?.server, ...at };
  const { connection, server, isConsole } = cause;
  return { by: isConsole ? 'console' : 'client', connection, server, ...at };
}
