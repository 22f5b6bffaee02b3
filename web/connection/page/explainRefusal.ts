import { shortened } from '../../ui/shortened.ts';
import { defineTexts } from '../../ui/texts.ts';
import type { WaitRefusal } from './exchange.ts';

const messages = defineTexts({
  dangerous: (name: string) =>
    `Not sent: ${name} is not safe to send late, so it does not wait. Connect first.`,
  unknown: (name: string) =>
    `Not sent: ${name} is not a known command, so it does not wait. Connect first.`,
  noMessage: 'Not sent: only known commands wait for a connection. Connect first.',
  full: (most: number) =>
    `Not sent: ${most} messages are waiting already. Connect, or discard some first.`,
});

/** Most characters of an unknown command in a sentence. */
const maxNameLength = 40;

/** Why a message was not sent, for people. */
export function explainWaitRefusal(refusal: WaitRefusal): string {
  switch (refusal.reason) {
    case 'dangerous':
      return messages.dangerous(refusal.name);
    case 'unknown':
      // The name of an unknown command can be any text.
      return refusal.name === ''
        ? messages.noMessage
        : messages.unknown(shortened(refusal.name, maxNameLength));
    case 'full':
      return messages.full(refusal.most);
  }
}
