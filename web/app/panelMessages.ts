import { defineMessages } from '../ui/messages.ts';

/** Of what is done from one panel to another. */
export const panelMessages = defineMessages({
  sessionTaken: (name: string, isWritten: boolean) =>
    `{{tkn}} is now the token of ${name}.${isWritten ? ' The command is in the composer.' : ''}`,
});
