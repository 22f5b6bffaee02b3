const utf8 = new TextEncoder();

/** What may take more than one byte. */
const notPlain = /[^ -~]/;

/** Bytes of a text as a message carries it. */
export function utf8Length(text: string): number {
  return notPlain.test(text) ? utf8.encode(text).length : text.length;
}
