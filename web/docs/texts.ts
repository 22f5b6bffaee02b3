import { defineTexts } from '../ui/texts.ts';

/** The words around the pages of the documentation. */
export const texts = defineTexts({
  site: 'Seshdeck documentation',
  brand: 'Seshdeck',
  documentation: 'Documentation',
  titleOf: (page: string) => `${page} – Seshdeck documentation`,
  skip: 'Skip to the text',
  console: 'Console',
  contents: 'Contents',
  onThisPage: 'On this page',
  linkTo: (heading: string) => `Link to “${heading}”`,
  pages: 'Pages before and after',
  before: 'Before',
  after: 'Next',
  search: 'Search the documentation',
  searchHint: 'Search',
  results: 'Search results',
  found: (count: number) => (count === 1 ? '1 place' : `${count} places`),
  firstFound: (shown: number, count: number) => `The first ${shown} of ${count} places`,
  nothingFound: (sought: string) => `Nothing found for “${sought}”. Try fewer or shorter words.`,
  notSearchable: 'The search could not be loaded. Is the server still running?',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Not copied: the browser refused',
});
