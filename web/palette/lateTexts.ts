import { defineMessages } from '../ui/messages.ts';

/** Of the results of the palette. */
export const lateTexts = defineMessages({
  results: 'Results',
  nothing: 'No results.',
  count: (count: number) => (count === 1 ? '1 result' : `${count} results`),
});
