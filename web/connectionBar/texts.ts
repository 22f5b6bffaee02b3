import { defineTexts } from '../ui/texts.ts';

/** Of the connection bar. */
export const texts = defineTexts({
  serverUrl: 'Server URL',
  serverAddress: 'Address of the server',
  addressLine: 'Address and details',
  disconnectToChange: 'Disconnect to change the address',
  group: 'Connection',
  connect: 'Connect',
  disconnect: 'Disconnect',
  connectionState: 'Connection',
  connectedTo: (host: string) => `Connected to ${host}`,
  connectingTo: (host: string) => `Connecting to ${host}`,
  couldNotConnect: (host: string) => `Could not connect to ${host}`,
  connectionLost: (code: number) => `Connection lost (code ${code})`,
  disconnected: 'Disconnected',
  details: 'Connection details',
});
