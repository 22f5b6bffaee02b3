import { shortened } from '../../ui/shortened.ts';
import type { WaitRefusal } from '../page/exchange.ts';
import { texts } from './refusalTexts.ts';

/** Most characters of an unknown command in a sentence. */
const maxNameLength = 40;

/** Why a message was not sent, for people. */
export function describeRefusal(refusal: WaitRefusal): string {
  switch (refusal.reason) {
    case 'dangerous':
      return texts.dangerous(refusal.name);
    case 'unknown':
      // The name of an unknown command can be any text.
      return refusal.name === ''
        ? texts.noMessage
        : texts.unknown(shortened(refusal.name, maxNameLength));
    case 'full':
      return texts.full(refusal.most);
  }
}
