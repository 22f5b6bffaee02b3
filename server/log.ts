import { logLevels } from './config/logLevels.mjs';
import { quote } from '../protocol/json/jsonText.ts';
import type { LogLevel } from './config/configTypes.ts';

type WrittenLevel = Exclude<LogLevel, 'silent'>;

/** Lines for the operator. No token and no value is ever in one. */
export type Log = Readonly<Record<WrittenLevel, (line: string) => void>>;

/** `text` is for people: time, level, line. `json`: one object a line, for what collects logs. */
export type LineFormat = 'text' | 'json';

export interface LogOptions {
  readonly level: LogLevel;
  /** Absent: text. */
  readonly format?: LineFormat;
  /** Takes one line without its end. */
  readonly write: (line: string) => void;
  readonly nowMs: () => number;
}

export function createLog({ level, format = 'text', write, nowMs }: LogOptions): Log {
  const verbosity = logLevels.indexOf(level);
  const at = (written: WrittenLevel) => (line: string) => {
    if (logLevels.indexOf(written) > verbosity) return;
    const time = new Date(nowMs()).toISOString();
    if (format === 'text') write(`${time} ${written} ${line}`);
    else write(`{"time":"${time}","level":"${written}","message":${quote(line)}}`);
  };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** A log that says nothing. */
export const silentLog: Log = createLog({
  level: 'silent',
  write: () => undefined,
  nowMs: () => 0,
});

/**
 * The kind of an error and the places it came through, without its message: the messages of
 * JSON.parse and of others quote their input.
 */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...places].join('\n');
}
