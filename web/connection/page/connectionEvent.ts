/** Why there was no attempt to connect. */
export type ConnectFault =
  | { readonly fault: 'addressEmpty' | 'addressNotUrl' | 'addressFragment' | 'addressInsecure' }
  | { readonly fault: 'addressTooLong'; readonly length: number; readonly limit: number }
  /** The scheme that is neither `ws:` nor `wss:`, or what the browser said that would not even try. */
  | { readonly fault: 'addressScheme' | 'browserRefused'; readonly detail: string };

/** What is wrong with something that was asked of a connection. */
export type ConnectionFault =
  | ConnectFault
  | { readonly fault: 'subprotocolInvalid' | 'subprotocolTwice'; readonly name: string }
  | { readonly fault: 'subprotocolTooLong' | 'subprotocolsTooMany'; readonly limit: number }
  | { readonly fault: 'closeCode'; readonly code: number }
  | { readonly fault: 'closeReason'; readonly bytes: number; readonly limit: number }
  | { readonly fault: 'attemptLimit'; readonly limit: number };

/** How a connection ended, or why it never began. */
export interface CloseFacts {
  /** WebSocket close code; 0 when there was no attempt to connect. */
  readonly code: number;
  /** The other side's own words; often empty. */
  readonly reason: string;
  /** Whether there was a connection at all. */
  readonly wasOpen: boolean;
  /** Of the address that was asked. */
  readonly host: string;
  /** Asked for when connecting. */
  readonly subprotocols: readonly string[];
  /** Why there was no attempt to connect. */
  readonly fault?: ConnectFault | undefined;
}

/** Something that happened to a connection. */
export type ConnectionEvent =
  | { readonly event: 'connected' | 'reconnected'; readonly host: string }
  /** A person closed it. */
  | {
      readonly event: 'disconnected';
      readonly host: string;
      readonly code: number;
      readonly reason: string;
    }
  /** It ended, or did not come about. */
  | { readonly event: 'closed'; readonly close: CloseFacts }
  | { readonly event: 'gaveUp'; readonly attempts: number }
  /** So many messages are held: only a person sends them. */
  | { readonly event: 'notSent'; readonly messages: number }
  /** There was no attempt to connect. */
  | { readonly event: 'notTried'; readonly fault: ConnectFault }
  /** The page was loaded again; what is before comes from then. */
  | { readonly event: 'pageReloaded' };

/** Whether an event is trouble. */
export function isTrouble({ event }: ConnectionEvent): boolean {
  switch (event) {
    case 'closed':
    case 'gaveUp':
    case 'notSent':
    case 'notTried':
      return true;
    case 'connected':
    case 'reconnected':
    case 'disconnected':
    case 'pageReloaded':
      return false;
  }
}

/** Whether a new connection begins with an event. */
export function isOpening({ event }: ConnectionEvent): boolean {
  return event === 'connected' || event === 'reconnected';
}

/** A close that came before any attempt to connect. */
export function closeBeforeTrying(fault: ConnectFault): CloseFacts {
  return { code: 0, reason: '', wasOpen: false, host: '', subprotocols: [], fault };
}
