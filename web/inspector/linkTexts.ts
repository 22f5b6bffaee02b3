import { defineMessages } from '../ui/messages.ts';

/** Why there is no inspection: apart from the panel's own, which is fetched later. */
export const texts = defineMessages({
  unreachable: 'The server cannot be reached.',
  notUnderstood: 'The server sent something that this console does not understand.',
  notAccepted: 'The server did not accept the inspection connection.',
  tooSlow: 'This page fell behind and was disconnected.',
  ended: (code: number, reason: string) =>
    `The inspection connection ended (code ${code}${reason === '' ? '' : `, "${reason}"`}).`,
});
