import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Inspector } from '../inspector.ts';

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

type RowsEvent = Extract<InspectionEvent, { type: 'rows' }>;

/** A part of a list. */
export type ListRange = Pick<ListRequest, 'from' | 'count' | 'anchor'>;

/**
 * Asks once for rows, whose sessions are all among the changed ones.
 * @returns undefined when the server cannot be asked, refuses, or the connection is lost.
 */
export function askRows(
  inspector: Inspector,
  question: Omit<ListRequest, 'type' | 'number'>,
): Promise<RowsEvent | undefined> {
  const number = inspector.newNumber();
  return new Promise((resolve) => {
    const answer = (event: RowsEvent | undefined) => {
      end();
      resolve(event);
    };
    const end = inspector.add({
      receive: (event) => {
        if (event.type === 'rows' && event.number === number) {
          inspector.ask({ type: 'unlist', number });
          answer(event);
        } else if (event.type === 'refused' && event.number === number) answer(undefined);
      },
      onLost: () => answer(undefined),
    });
    if (!inspector.ask({ type: 'list', ...question, number })) answer(undefined);
  });
}
