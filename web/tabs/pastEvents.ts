import {
  boolean,
  listOf,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec/codec.ts';
import type { ConnectFault, ConnectionEvent } from '../connection/page/connectionEvent.ts';

const pastFault = object({
  fault: oneOf(
    'addressEmpty',
    'addressNotUrl',
    'addressFragment',
    'addressInsecure',
    'addressTooLong',
    'addressScheme',
    'browserRefused',
  ),
  length: optional(unsigned),
  limit: optional(unsigned),
  detail: optional(string),
});

const pastClose = object({
  code: unsigned,
  reason: string,
  wasOpen: boolean,
  host: string,
  subprotocols: listOf(string),
});

/** An event of a connection as it is kept. */
export const pastEvent = object({
  event: oneOf(
    'connected',
    'reconnected',
    'disconnected',
    'closed',
    'gaveUp',
    'notSent',
    'notTried',
    'pageReloaded',
  ),
  host: optional(string),
  code: optional(unsigned),
  reason: optional(string),
  close: optional(pastClose),
  attempts: optional(unsigned),
  messages: optional(unsigned),
  fault: optional(pastFault),
});

type PastEvent = Decoded<typeof pastEvent>;

/** As it is kept. */
export function toPastEvent(event: ConnectionEvent): PastEvent {
  if (event.event !== 'closed') return event;
  const { close } = event;
  return { ...event, close: { ...close, subprotocols: [...close.subprotocols] } };
}

/** The event again. */
export function fromPastEvent(past: PastEvent): ConnectionEvent {
  const { event, host = '', code = 1000, reason = '' } = past;
  switch (event) {
    case 'connected':
    case 'reconnected':
      return { event, host };
    case 'disconnected':
      return { event, host, code, reason };
    case 'closed':
      return { event, close: past.close ?? unknownClose };
    case 'gaveUp':
      return { event, attempts: past.attempts ?? 0 };
    case 'notSent':
      return { event, messages: past.messages ?? 0 };
    case 'notTried':
      return { event, fault: faultOf(past.fault) };
    case 'pageReloaded':
      return { event };
  }
}

const unknownClose = { code: 1006, reason: '', wasOpen: true, host: '', subprotocols: [] };

function faultOf(past: Decoded<typeof pastFault> | undefined): ConnectFault {
  const {
    fault,
    length = 0,
    limit = 0,
    detail = '',
  } = past ?? {
    fault: 'addressNotUrl',
  };
  switch (fault) {
    case 'addressEmpty':
    case 'addressNotUrl':
    case 'addressFragment':
    case 'addressInsecure':
      return { fault };
    case 'addressTooLong':
      return { fault, length, limit };
    case 'addressScheme':
    case 'browserRefused':
      return { fault, detail };
  }
}
