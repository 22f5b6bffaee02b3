/** Marks a text as put through the pseudo-locale, so that a test finds text that was not. */
// oxlint-disable-next-line typescript/no-unnecessary-condition -- unit tests run where there is no location
const isPseudo = globalThis.location?.search.includes('locale=pseudo') ?? false;

type Message = string | ((...values: never[]) => string);

/**
 * The texts of one feature, the only place where words for people are written.
 * In the pseudo-locale (`?locale=pseudo`) each is wrapped in ⟦…⟧ with accented letters.
 */
export function defineMessages<T extends Readonly<Record<string, Message>>>(messages: T): T {
  if (!isPseudo) return messages;
  const entries = Object.entries(messages).map(([name, message]) => [name, pseudo(message)]);
  return Object.fromEntries(entries) as T;
}

/** What a function puts in must stay as it is, so its result is only wrapped. */
function pseudo(message: Message): Message {
  if (typeof message === 'string') return `⟦${message.replaceAll(/[aeiouyAEIOUY]/g, accented)}⟧`;
  return (...values) => `⟦${message(...values)}⟧`;
}

function accented(letter: string): string {
  return `${letter}\u0301`.normalize('NFC');
}
