import { isSuccess } from '../../protocol/status.ts';
import { statusTexts } from '../../protocol/statusTexts.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { statusesOf } from '../../protocol/wire/reply.ts';
import { refusalTexts } from './access/allowed.ts';
import type { ActOutcome } from './acts.ts';
import { defineTexts } from '../ui/texts.ts';

const texts = defineTexts({
  lost: 'The connection was lost, so the result is unknown. Check and try again.',
});

/**
 * Why a command was not carried out.
 * @param prefix Of the sessions that the inspection key is for.
 * @returns undefined when it was.
 */
export function faultOf(outcome: ActOutcome, prefix: string): string | undefined {
  switch (outcome.state) {
    case 'lost':
      return texts.lost;
    case 'refused':
      return refusalTexts(outcome.right, prefix).why;
    case 'answered': {
      const message = outcome.reply === undefined ? undefined : readMessage(outcome.reply);
      const bad = message && statusesOf(message).find((status) => !isSuccess(status));
      return bad && statusTexts[bad].cause;
    }
  }
}
