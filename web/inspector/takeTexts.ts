import { defineTexts } from '../ui/texts.ts';

/** About taking a session for the composer. */
export const takeTexts = defineTexts({
  sessions: 'Sessions',
  showSession: (name: string) => `Show session ${name}`,
  takeSession: (name: string) => `Set as {{tkn}}: ${name}`,
  sessionNotTaken: (name: string) => `{{tkn}} is unchanged: couldn't get the token of ${name}.`,
  sessionTaken: (name: string, isWritten: boolean) =>
    `{{tkn}} is now the token of ${name}.${isWritten ? ' The command is in the composer.' : ''}`,
});
