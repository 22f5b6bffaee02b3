import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

/** Of the connections to the data socket. */
export const texts = defineTexts({
  clients: 'Clients',
  connectedClients: 'Connected clients',
  connection: 'No.',
  address: 'Address',
  since: 'Open for',
  connectedAt: 'Connected',
  inFlight: 'In flight',
  queued: 'Queued',
  command: 'Last command',
  rate: 'Ops/s',
  nameOf: (connection: number, address: string) => `Connection ${connection}, ${address}`,
  hasGone: 'gone',
  noCommand: 'none yet',
  unnamed: 'no command',
  requestsIn: (inFlight: number, waiting: number) =>
    `${many(inFlight, 'request', 'requests')} being carried out, ${number(waiting)} waiting`,
  waiting: 'Loading the clients…',
  none: 'No client is connected.',
  noneHint: 'Connect the console, or a program of yours, to the data socket.',
  chosen: (connection: number) => `Connection ${connection}`,
  commandsSince: (count: number) => `${many(count, 'command', 'commands')} since this view opened`,
  showCommands: 'Show its commands',
  cut: 'Cut off…',
  close: 'Close details',
  cutTitle: (connection: number) => `Cut off connection ${connection}?`,
  cutWhat: (address: string) =>
    `The client at ${address} gets close code 1008 and the reason. Requests in flight get no reply. It may connect again.`,
  cutReason: 'Reason (the client gets it)',
  cutReasonHint: (max: number) =>
    `At most ${max} letters, digits and signs of ASCII. Empty: “Closed by an operator”.`,
  cutNow: 'Cut off',
  wasCut: (connection: number) => `Connection ${connection} was cut off.`,
  wasGone: (connection: number) => `Connection ${connection} had already gone.`,
  notAsked: 'The server cannot be reached now: nothing was cut off.',
});
