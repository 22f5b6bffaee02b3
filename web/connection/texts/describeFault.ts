import type { ConnectionFault } from '../page/connectionEvent.ts';
import { describeConnectFault } from './describeConnectFault.ts';
import { texts } from './refusalTexts.ts';

/** What is wrong with something that was asked of a connection, for people. */
export function describeFault(fault: ConnectionFault): string {
  switch (fault.fault) {
    case 'addressEmpty':
    case 'addressNotUrl':
    case 'addressFragment':
    case 'addressInsecure':
    case 'addressTooLong':
    case 'addressScheme':
    case 'browserRefused':
      return describeConnectFault(fault);
    case 'subprotocolInvalid':
    case 'subprotocolTwice':
      return texts[fault.fault](fault.name);
    case 'subprotocolTooLong':
    case 'subprotocolsTooMany':
    case 'attemptLimit':
      return texts[fault.fault](fault.limit);
    case 'closeCode':
      return texts.closeCode(fault.code);
    case 'closeReason':
      return texts.closeReason(fault.bytes, fault.limit);
  }
}
