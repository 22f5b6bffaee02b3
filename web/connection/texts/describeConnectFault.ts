import type { ConnectFault } from '../page/connectionEvent.ts';
import { texts } from './texts.ts';

/** Why there was no attempt to connect, for people. */
export function describeConnectFault(fault: ConnectFault): string {
  switch (fault.fault) {
    case 'addressEmpty':
    case 'addressNotUrl':
    case 'addressFragment':
    case 'addressInsecure':
      return texts[fault.fault];
    case 'addressTooLong':
      return texts.addressTooLong(fault.length, fault.limit);
    case 'addressScheme':
    case 'browserRefused':
      return texts[fault.fault](fault.detail);
  }
}
