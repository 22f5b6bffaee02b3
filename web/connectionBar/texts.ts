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

  // How safe the server's data is
  durability: 'Durability',
  memory: 'Memory only',
  memoryHint: 'All data is lost when the server stops',
  relaxed: 'Relaxed',
  relaxedHint: 'A change is on disk within a second',
  commit: 'Durable',
  commitHint: 'A change is on disk before its reply',
  readOnly: 'Read-only',
  readOnlyHint: 'Commands that change data are refused',
  loading: 'Loading data…',
  refusing: 'Changes refused',
});
