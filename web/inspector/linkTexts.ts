import { defineTexts } from '../ui/texts.ts';

/** Why there is no inspection: apart from the panel's own, which is fetched later. */
export const texts = defineTexts({
  unreachable: 'The server cannot be reached.',
  notUnderstood: 'The server sent something this console cannot read.',
  notAccepted: 'The server did not accept the inspection connection.',
  tooSlow: 'This page fell behind, so the server disconnected it.',
  ended: (code: number, reason: string) =>
    `The inspection connection ended (code ${code}${reason === '' ? '' : `, "${reason}"`}).`,
});
