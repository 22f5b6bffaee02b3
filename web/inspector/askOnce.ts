import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import type { Inspector } from './inspector.ts';

/**
 * Asks a question that has a number.
 * @param read The answer of an event; undefined: it is none.
 * @returns undefined when the server cannot be asked, refuses or cannot answer, or the connection is lost.
 */
export function askOnce<T>(
  inspector: Pick<Inspector, 'add' | 'ask'>,
  question: InspectionRequest & { readonly number: number },
  read: (event: InspectionEvent) => T | undefined,
): Promise<T | undefined> {
  const { number } = question;
  return new Promise((resolve) => {
    const answer = (given: T | undefined) => {
      end();
      resolve(given);
    };
    const end = inspector.add({
      receive: (event) => {
        if (!('number' in event) || event.number !== number) return;
        const given = read(event);
        const isRefused = event.type === 'refused' || event.type === 'unanswered';
        if (given !== undefined || isRefused) answer(given);
      },
      onLost: () => answer(undefined),
    });
    if (!inspector.ask(question)) answer(undefined);
  });
}
