import { defineTexts } from '../../ui/texts.ts';

/** What frames are called that are no messages of the protocol. */
export const frameMessages = defineTexts({
  binary: (bytes: string) => `Binary ${bytes} B`,
  empty: 'Empty message',
  space: 'White space only',
  long: 'Long text',
  notJson: 'Not JSON',
  array: (count: string) => `JSON array of ${count}`,
  emptyObject: 'JSON object, empty',
  string: 'JSON string',
  number: 'JSON number',
  numberOr: (packet: string) => `JSON number, or ${packet}`,
  word: (word: string) => `JSON ${word}`,
});
