import { defineTexts } from '../ui/texts.ts';

/** Of the results of the palette. */
export const lateTexts = defineTexts({
  results: 'Results',
  recent: 'Recent',
  suggested: 'Suggested',
  nothing: 'No results.',
  count: (count: number) => (count === 1 ? '1 result' : `${count} results`),
});
