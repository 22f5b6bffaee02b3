/** Most requests remembered while their replies are on the way; the oldest go first. */
export const maxSentTexts = 200;
/** Longer texts are not remembered: no lesson asks for one. In UTF-16 units. */
export const maxSentLength = 64 * 1024;

/** What was sent on one connection and not answered yet, by the id of its entry. */
export interface SentTexts {
  readonly keep: (id: number, text: string) => void;
  /** Gives a text and forgets it. */
  readonly take: (id: number) => string | undefined;
}

export function createSentTexts(): SentTexts {
  const texts = new Map<number, string>();
  return {
    keep: (id, text) => {
      if (text.length > maxSentLength) return;
      texts.set(id, text);
      const [oldest] = texts.keys();
      if (texts.size > maxSentTexts && oldest !== undefined) texts.delete(oldest);
    },
    take: (id) => {
      const text = texts.get(id);
      texts.delete(id);
      return text;
    },
  };
}
