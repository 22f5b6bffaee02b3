import { many } from '../ui/format.ts';
import { defineTexts } from '../ui/texts.ts';

/** Of servers: what they are called and for, the ones used before, and what production asks. */
export const texts = defineTexts({
  // In the bar and on tabs
  modeOf: (mode: string) => `Server mode: ${mode}`,
  local: 'Local',
  staging: 'Staging',
  production: 'Production',
  productionShort: 'PROD',
  noMode: 'No mode',
  modeHint: 'Change name, mode and colour in the connection details',
  asking: 'Waiting for confirmation',

  // In the details
  server: 'Server',
  name: 'Name',
  nameHint: 'Empty: the address.',
  mode: 'Mode',
  localHint: 'On this machine, for trying things out.',
  stagingHint: 'Shared with others, for tests.',
  productionHint: 'Asks you to type its name before a command destroys data.',
  colour: 'Colour',
  grey: 'Grey',
  green: 'Green',
  blue: 'Blue',
  violet: 'Violet',
  amber: 'Amber',
  red: 'Red',
  notAnAddress: 'Enter an address first: then it can have a name, a mode and a colour.',

  // Recent servers
  connection: 'Connection',
  recent: 'Recent servers',
  closeRecent: 'Close recent servers',
  find: 'Find a server',
  servers: 'Servers',
  nothing: 'No results.',
  empty: 'Servers that you connect to are listed here.',
  opensHere: 'Enter connects this tab, Delete removes.',
  opensTab: 'Enter opens a new tab, Delete removes.',
  remove: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} is no longer listed.`,

  // Before a command goes to production
  confirmTitle: (command: string, server: string) => `Send ${command} to ${server}?`,
  reachAll: (sessions: number, keys: number) =>
    `This server has ${many(sessions, 'session', 'sessions')} with ${many(keys, 'key', 'keys')} now.`,
  reachOne: (name: string, keys: number) =>
    `The session “${name}” has ${many(keys, 'key', 'keys')} now.`,
  noUndo: "You can't undo this.",
  disconnected: 'No connection. You can send this once the connection is back.',
  typeName: 'Type the name of the server to send it:',
  serverName: 'Server name',
  otherName: 'This is not the name of the server.',
  send: (command: string) => `Send ${command}`,
  cancel: 'Cancel',
});
