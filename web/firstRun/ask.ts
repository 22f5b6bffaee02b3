import { isSuccess } from '../../protocol/status.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { Exchange, ExchangeState, ReceivedEntry } from '../connection/page/exchange.ts';
import { outgoing } from '../connection/page/outgoing.ts';

/** What an exchange comes to. @returns Its reply; undefined when none will come. */
export function settled(exchange: Exchange): Promise<ReceivedEntry | undefined> {
  return new Promise((resolve) => {
    const look = (state: ExchangeState) => {
      if (state.state === 'answered') resolve(state.reply);
      else if (!['waiting', 'asking', 'leaving', 'sent'].includes(state.state)) resolve(undefined);
    };
    exchange.follow(look);
    look(exchange.state);
  });
}

/** Sends a message. @returns Its reply; undefined when none will come. */
export function ask(connection: Connection, text: string): Promise<ReceivedEntry | undefined> {
  return settled(connection.send(outgoing(text)));
}

export function isOk(reply: ReceivedEntry | undefined): boolean {
  return reply !== undefined && reply.statuses.every(isSuccess);
}
