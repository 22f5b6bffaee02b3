import { defineMessages } from '../ui/messages.ts';

/** About taking a session for the composer. */
export const takeTexts = defineMessages({
  sessions: 'Sessions',
  showSession: (name: string) => `Show session ${name}`,
  takeSession: (name: string) => `Set as {{tkn}}: ${name}`,
  sessionNotTaken: (name: string) => `{{tkn}} is unchanged: the token of ${name} did not come.`,
  sessionTaken: (name: string, isWritten: boolean) =>
    `{{tkn}} is now the token of ${name}.${isWritten ? ' The command is in the composer.' : ''}`,
});
