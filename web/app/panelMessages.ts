import { defineMessages } from '../ui/messages.ts';

/** Of what is done from one panel to another. */
export const panelMessages = defineMessages({
  sessionNotTaken: (name: string) => `{{tkn}} is unchanged: the token of ${name} did not come.`,
  sessionTaken: (name: string, isWritten: boolean) =>
    `{{tkn}} is now the token of ${name}.${isWritten ? ' The command is in the composer.' : ''}`,
});
