/** What is sent. */
export interface Message {
  readonly text: string;
  /** The same in UTF-8, where there is Node's Buffer. */
  readonly bytes: Uint8Array | undefined;
}

/** In place of one that has been sent. */
export const sent: Message = { text: '', bytes: undefined };

/** Not by its name: some bundlers would put one into a page. */
const { Buffer: NodeBuffer } = globalThis as {
  readonly Buffer?: { from(text: string, encoding?: 'latin1'): Uint8Array };
};

const utf8 = new TextEncoder();

/** What may take more than one byte. */
const notPlain = /[^ -~]/;

export function messageOf(text: string): Message {
  return { text, bytes: NodeBuffer?.from(text) };
}

/** Of a text of ASCII only, which takes less to encode. */
export function asciiMessageOf(text: string): Message {
  return { text, bytes: NodeBuffer?.from(text, 'latin1') };
}

/** Bytes of a message. */
export function sizeOf({ text, bytes }: Message): number {
  if (bytes) return bytes.length;
  return notPlain.test(text) ? utf8.encode(text).length : text.length;
}
