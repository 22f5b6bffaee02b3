import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import { number } from '../../ui/format.ts';
import { statusName } from '../../../protocol/status.ts';
import { defineTexts } from '../../ui/texts.ts';
import { texts as rightTexts } from './texts.ts';

/** Of the audit list. */
export const texts = defineTexts({
  list: 'Audit list',
  time: 'Time',
  key: 'Key',
  what: 'What',
  session: 'Session id',
  address: 'Address',
  hasGone: 'gone',
  waiting: 'Loading the audit list…',
  none: 'Nothing to show yet.',
  noneHint:
    'Tokens revealed, changes, endings, cuts and refusals are listed here since the server started.',
  dropped: (count: number) => `${number(count)} older entries are only in the log of the server.`,
  revealed: 'Revealed a token',
  sent: (command: string) => `Sent ${command}`,
  cut: (connection: number, server: string | undefined) =>
    `Cut off connection ${connection}${server === undefined ? '' : ` on ${server}`}`,
  backup: 'Made a backup',
  refused: (what: string) => `Was refused ${what}.`,
  onlyPrefix: 'This key is not for all sessions.',
  times: (count: number) => ` (${number(count)} times)`,
  status: (status: number, name: string) => `, status ${status} ${name}`,
  nameOf: (key: string, what: string) => `${key}: ${what}`,
});

/** What an entry says. */
export function wordsOf(entry: AuditEntry): string {
  const { action, command = '', request = '', status, right, times } = entry;
  switch (action) {
    case 'reveal':
      return texts.revealed;
    case 'change':
    case 'end':
      return (
        texts.sent(command) +
        (status === undefined ? '' : texts.status(status, statusName(status) ?? ''))
      );
    case 'cut':
      return texts.cut(entry.connection ?? 0, entry.server);
    case 'backup':
      return texts.backup;
    case 'refused': {
      const why = right === undefined ? texts.onlyPrefix : rightTexts.lacksRight(right);
      const often = times === undefined ? '' : texts.times(times);
      return `${texts.refused(command || request)} ${why}${often}`;
    }
  }
}
