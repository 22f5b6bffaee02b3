import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { askOnce } from '../askOnce.ts';
import type { Inspector } from '../inspector.ts';

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

type RowsEvent = Extract<InspectionEvent, { type: 'rows' }>;

/** A part of a list. */
export type ListRange = Pick<ListRequest, 'from' | 'count' | 'anchor'>;

/**
 * Asks once for rows, whose sessions are all among the changed ones.
 * @returns undefined when the server cannot be asked, refuses, or the connection is lost.
 */
export async function askRows(
  inspector: Inspector,
  question: Omit<ListRequest, 'type' | 'number'>,
): Promise<RowsEvent | undefined> {
  const number = inspector.newNumber();
  const answer = await askOnce(inspector, { type: 'list', ...question, number }, (event) =>
    event.type === 'rows' ? event : undefined,
  );
  if (answer) inspector.ask({ type: 'unlist', number });
  return answer;
}
