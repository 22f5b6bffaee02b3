import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { StreamedCommand } from '../../../protocol/inspection/streamedCommands.ts';
import type { Rights } from '../../../protocol/inspection/rights.ts';

type EventOf<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>;

/** An event without the values that it has. */
type Hide<T extends InspectionEvent['type']> = (event: EventOf<T>) => EventOf<T>;

/** For what has no values, or is an answer to a request that is refused without the right to see them. */
const nothing = <E extends InspectionEvent>(event: E): E => event;

function withoutTexts(command: StreamedCommand): StreamedCommand {
  return { ...command, request: undefined, reply: undefined };
}

/** Every event is here: a new one does not compile before it is said where it has values. */
const hides: { readonly [T in InspectionEvent['type']]: Hide<T> } = {
  hello: nothing,
  rights: nothing,
  refused: nothing,
  audited: nothing,
  store: nothing,
  sessions: nothing,
  session: nothing,
  rows: nothing,
  figures: nothing,
  overview: nothing,
  clients: nothing,
  cut: nothing,
  gone: nothing,
  unanswered: nothing,
  // Refused, or for commands whose replies have no values.
  acted: nothing,
  token: nothing,
  peeked: nothing,
  timeline: nothing,
  ended: nothing,
  moment: nothing,
  changes: nothing,
  value: nothing,
  foundKeys: nothing,
  keys: (event) => {
    return { ...event, changed: event.changed.map((entry) => ({ ...entry, value: undefined })) };
  },
  streamed: ({ figures, ...event }) => {
    return {
      ...event,
      entries: event.entries.map(withoutTexts),
      figures: figures && { ...figures, slowest: figures.slowest.map(withoutTexts) },
    };
  },
};

/** What an inspector with these rights gets of an event. */
export function visiblePart(event: InspectionEvent, { may }: Rights): InspectionEvent {
  if (may.includes('values')) return event;
  const hide = hides[event.type] as (event: InspectionEvent) => InspectionEvent; // One for each type, as above.
  return hide(event);
}
