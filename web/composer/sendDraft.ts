import type { Connection } from '../connection/page/connection.ts';
import { checkAgain, checkDraft } from './checkMessage.ts';
import type { Draft } from './draft.ts';
import { sequenceOf, type Sending } from './messageSequence.ts';

/** What a draft is sent through, and within which limit. */
export interface Route {
  readonly connection: Connection;
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
}

/**
 * Sends what is written, with its variables filled in, or marks it as held back. The text stays.
 * Several messages go out one after another; while they do, nothing else is sent from here.
 */
export function sendDraft(draft: Draft, route: Route): void {
  const sequence = sequenceOf(draft);
  if (sequence.isRunning()) return;
  sequence.dismiss();
  const { connection } = route;
  const { text } = draft.store.getState();
  const messages = checkedMessages(draft, route);
  if (!messages) return;
  const [first, ...others] = messages;
  if (first && others.length === 0) {
    draft.sent(text, connection.send(first.message));
    return;
  }
  draft.sent(text, undefined);
  sequence.start(messages, sendingOf(draft, route));
}

/** Continues with the messages of a sequence that has stopped. @param skip Leaves out the next one. */
export function resumeDraft(
  draft: Draft,
  { skip, ...route }: Route & { readonly skip: boolean },
): void {
  const messages = checkedMessages(draft, route);
  if (messages) sequenceOf(draft).resume(messages, { ...sendingOf(draft, route), skip });
}

/** @returns undefined when something has to be mended first; the draft is then marked. */
function checkedMessages(draft: Draft, route: Route) {
  const { text } = draft.store.getState();
  const checked = checkDraft(text, limitsNow(draft, route));
  draft.refuse(checked.ok ? undefined : text);
  return checked.ok ? checked.value : undefined;
}

function sendingOf(draft: Draft, route: Route): Sending {
  return {
    connection: route.connection,
    prepare: (each) => checkAgain(each, limitsNow(draft, route)),
  };
}

function limitsNow(draft: Draft, { connection, maxPayloadBytes }: Route) {
  const view = connection.store.getState();
  const { isLiteral } = draft.store.getState();
  return { variables: view.variables, maxPayloadBytes, isLiteral, route: view };
}
