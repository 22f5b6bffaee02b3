import { isSuccess } from '../../protocol/status.ts';
import type { Entry } from '../connection/exchange.ts';

/** Choices of *Show*, in the order of the list. */
export const showChoices = ['all', 'sent', 'received', 'failures', 'connection'] as const;

/** Which kinds of entries the log shows. */
export type Show = (typeof showChoices)[number];

/** What a choice is called on screen. */
export const showLabels: Readonly<Record<Show, string>> = {
  all: 'All messages',
  sent: 'Sent',
  received: 'Received',
  failures: 'Failures',
  connection: 'Connection',
};

/** What the log is narrowed to. */
export interface LogFilter {
  readonly show: Show;
  /** Plain text, looked for in the whole payload; case does not matter. Empty: no search. */
  readonly search: string;
}

/** Whether an entry passes the filter. */
export function passes(entry: Entry, { show, search }: LogFilter): boolean {
  return isShown(entry, show) && (search === '' || contains(entry, search.toLowerCase()));
}

function isShown(entry: Entry, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'sent':
    case 'received':
    case 'connection':
      return entry.kind === show;
    case 'failures':
      return isFailure(entry);
  }
}

/** A refused or unanswered message, or trouble with the connection. */
export function isFailure(entry: Entry): boolean {
  switch (entry.kind) {
    case 'sent':
      return entry.outcome.state === 'lost';
    case 'received':
      return entry.statuses.some((status) => !isSuccess(status));
    case 'connection':
      return entry.tone === 'bad';
  }
}

function contains(entry: Entry, needle: string): boolean {
  if (entry.text.toLowerCase().includes(needle)) return true;
  return (
    entry.kind === 'received' &&
    entry.statuses.some((status) => status.toLowerCase().includes(needle))
  );
}
