import type { ConnectionEvent } from '../page/connectionEvent.ts';
import type { Entry } from '../page/exchange.ts';
import { closeInWords, describeClose } from './describeClose.ts';
import { describeConnectFault } from './describeConnectFault.ts';
import { texts } from './texts.ts';

/** An event of a connection as the log shows it. */
export function describeEvent(event: ConnectionEvent): string {
  switch (event.event) {
    case 'connected':
      return texts.connected(event.host);
    case 'reconnected':
      return texts.reconnected(event.host);
    case 'disconnected': {
      const isPlain = event.code === 1000 && event.reason === '';
      return texts.disconnected(event.host, isPlain ? '' : closeInWords(event));
    }
    case 'closed':
      return texts.closed(describeClose(event.close), closeInWords(event.close));
    case 'gaveUp':
      return texts.gaveUp(event.attempts);
    case 'notSent':
      return texts.notSent(event.messages);
    case 'notTried':
      return describeConnectFault(event.fault);
    case 'pageReloaded':
      return texts.pageReloaded;
  }
}

/** An entry as text: of a binary message its size, of an event of the connection a sentence. */
export function textOf(entry: Entry): string {
  if (entry.kind === 'connection') return describeEvent(entry.event);
  return entry.binary ? texts.binaryMessage(entry.bytes) : entry.text;
}
