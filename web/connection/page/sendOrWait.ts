import { catalog, isCommandName } from '../../../protocol/commands/catalog.ts';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import { ok, refused, type Result } from '../../../protocol/result.ts';
import { defineTexts } from '../../ui/texts.ts';
import type { Connection } from './connection.ts';
import type { ConnectionView } from './connectionView.ts';
import type { WrittenMessage } from './exchange.ts';
import { maxOutbox } from './outbox.ts';
import { shortened } from '../../ui/shortened.ts';

/** Most characters of an unknown command in a sentence. */
const maxNameLength = 40;

/** Why a message does not wait for a connection. */
export type WaitRefusal =
  /** The catalog calls the command dangerous. */
  | { readonly reason: 'dangerous'; readonly name: string }
  /** No command of the catalog, so nobody knows what it does; the name is empty for no message at all. */
  | { readonly reason: 'unknown'; readonly name: string }
  /** So many messages wait already. */
  | { readonly reason: 'full'; readonly most: number };

/**
 * Whether a text can be sent: at once, or when there is a connection.
 * @param text As it goes over the wire, variables filled in.
 */
export function canSendOrWait(
  text: string,
  { status, unsent }: Pick<ConnectionView, 'status' | 'unsent'>,
): Result<undefined, WaitRefusal> {
  if (status.state === 'open') return ok(undefined);
  const name = readMessage(text)?.name ?? '';
  if (!isCommandName(name)) return refused({ reason: 'unknown', name });
  if (catalog[name].isDangerous) return refused({ reason: 'dangerous', name });
  if (unsent.length >= maxOutbox) return refused({ reason: 'full', most: maxOutbox });
  return ok(undefined);
}

/**
 * Sends a text; without a connection it connects and sends then. Everything that a person sends goes
 * through here.
 */
export function sendOrWait(
  connection: Connection,
  text: string,
  written?: WrittenMessage,
): Result<undefined, WaitRefusal> {
  const allowed = canSendOrWait(text, connection.store.getState());
  if (allowed.ok) connection.send(text, written);
  return allowed;
}

const messages = defineTexts({
  dangerous: (name: string) =>
    `Not sent: ${name} is not safe to send late, so it does not wait. Connect first.`,
  unknown: (name: string) =>
    `Not sent: ${name} is not a known command, so it does not wait. Connect first.`,
  noMessage: 'Not sent: only known commands wait for a connection. Connect first.',
  full: (most: number) =>
    `Not sent: ${most} messages are waiting already. Connect, or discard some first.`,
});

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
