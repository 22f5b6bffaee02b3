import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

/** Of the connections to the data socket. */
export const texts = defineTexts({
  clients: 'Clients',
  connectedClients: 'Connected clients',
  connection: 'No.',
  server: 'Server',
  address: 'Address',
  since: 'Open for',
  connectedAt: 'Connected',
  inFlight: 'In flight',
  queued: 'Queued',
  command: 'Last command',
  rate: 'Ops/s',
  nameOf: (connection: string, address: string) => `Connection ${connection}, ${address}`,
  /** A connection among those of all servers. */
  numberOn: (connection: number, server: string | undefined) =>
    server === undefined ? String(connection) : `${connection} on ${server}`,
  hasGone: 'gone',
  noCommand: 'none seen',
  unnamed: 'no command',
  requestsIn: (inFlight: number, waiting: number) =>
    `${many(inFlight, 'request', 'requests')} being carried out, ${number(waiting)} waiting`,
  waiting: 'Loading the clients…',
  none: 'No client is connected.',
  noneHint: 'Connect the console, or a program of yours, to the data socket.',
  chosen: (connection: string) => `Connection ${connection}`,
  commandsSince: (count: number) => `${many(count, 'command', 'commands')} since this view opened`,
  showCommands: 'Show its commands',
  cut: 'Cut off…',
  close: 'Close details',
  cutTitle: (connection: string) => `Cut off connection ${connection}?`,
  cutWhat: (address: string) =>
    `The client at ${address} gets close code 1008 and the reason. Requests in flight get no reply. It may connect again.`,
  cutReason: 'Reason (the client gets it)',
  cutReasonHint: (max: number) =>
    `At most ${max} letters, digits and signs of ASCII. Empty: “Closed by an operator”.`,
  cutNow: 'Cut off',
  wasCut: (connection: string) => `Connection ${connection} was cut off.`,
  wasGone: (connection: string) => `Connection ${connection} had already gone.`,
  notKnown: (connection: string) =>
    `Connection ${connection} may still be open: its server has not answered. Try again.`,
  notAsked: 'The server cannot be reached now: nothing was cut off.',
});
