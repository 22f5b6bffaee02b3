import { defineTexts } from '../../ui/texts.ts';

/** Why something was refused that a person asked of a connection. */
export const texts = defineTexts({
  dangerous: (name: string) =>
    `Not sent: ${name} is not safe to send late, so it does not wait. Connect first.`,
  unknown: (name: string) =>
    `Not sent: ${name} is not a known command, so it does not wait. Connect first.`,
  noMessage: 'Not sent: only known commands wait for a connection. Connect first.',
  full: (most: number) =>
    `Not sent: ${most} messages are waiting already. Connect, or discard some first.`,

  subprotocolInvalid: (name: string) =>
    `“${name}” isn't a subprotocol: use letters, digits and !#$%&'*+-.^_\`|~, without spaces.`,
  subprotocolTwice: (name: string) => `“${name}” is there twice. Enter each subprotocol once.`,
  subprotocolTooLong: (limit: number) => `A subprotocol has at most ${limit} characters.`,
  subprotocolsTooMany: (limit: number) => `Enter at most ${limit} subprotocols.`,

  closeCode: (code: number) => `A close code is 1000 or 3000 to 4999, not ${code}.`,
  closeReason: (bytes: number, limit: number) =>
    `A close reason has at most ${limit} bytes, this one has ${bytes}.`,
  attemptLimit: (limit: number) => `The limit of attempts is a whole number from 1 to ${limit}.`,
});
