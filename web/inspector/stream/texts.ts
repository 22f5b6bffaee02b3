import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

/** Of the stream of all clients' commands. */
export const texts = defineTexts({
  commands: 'Commands',
  commandsOfClients: 'Commands of all clients',
  start: 'Start',
  stop: 'Stop',
  pause: 'Pause',
  resume: 'Resume',
  clear: 'Clear',

  // Before it was started
  whatItIs: 'See what all clients send, and what they are answered, as it happens.',
  whatItCosts:
    'Press Start. While it runs, the server looks at each command: usually a few millionths of a second, and less with a filter. The cost is shown. Tokens are masked; values are not.',
  nothingYet: 'No command has come since the start.',
  nothingMatches: 'No command that matches the filter has come since the start.',
  nothingYetHint: 'A command shows here as soon as a client is answered.',
  cleared: 'The list was cleared.',

  // Filter
  filters: 'Filter on the server',
  filtersOn: (count: number) => `Filter on the server (${number(count)} on)`,
  command: 'Command',
  commandHint: 'KV_ or KV_GET, SH_NEW',
  status: 'Status',
  allStatuses: 'All',
  failedOnly: 'Refused and failed',
  connection: 'Connection no.',
  server: 'Server',
  allServers: 'All',
  session: 'Session id',
  slowerThan: 'Slower than (ms)',
  clearFilter: 'Clear filter',
  badConnection: 'Connections are numbered 1, 2, 3, …',
  badCommand: (beginning: string) => `No command begins with ${beginning}.`,
  badDuration: 'A whole number of milliseconds.',

  // Counts
  counts: 'Counts of this stream',
  counted: (count: number) => `${many(count, 'command', 'commands')} counted`,
  leftOut: (count: number) => `${number(count)} too fast to show`,
  dropped: (count: number) => `${number(count)} older dropped`,
  cost: (share: string) => `costs ${share} of a processor`,
  costHint: 'Time that the server took for this stream, of the time since it was started',
  paused: (arrived: number) =>
    `Paused. ${many(arrived, 'command has', 'commands have')} arrived since.`,

  // The list
  view: 'View',
  list: 'List',
  times: 'Times',
  time: 'Time',
  took: 'Took',
  size: 'Size',
  unnamed: 'no command',
  ofConsole: 'console',
  ofConsoleHint: 'Sent by an inspector',
  rowName: (command: string, status: string, took: string) => `${command}, ${status}, ${took}`,
  onlyConnection: (connection: number, server: string | undefined) =>
    server === undefined
      ? `Only connection ${connection}`
      : `Only connection ${connection} on ${server}`,
  openSession: (session: string) => `Open session ${session}`,
  onlySession: 'Only this session',

  // One of them
  close: 'Close details',
  request: 'Request',
  reply: 'Reply',
  copy: (what: string) => `Copy ${what.toLowerCase()}`,
  silence: 'Silence: a quiet command that succeeded has no reply.',
  beginning: (length: number) =>
    `Only the beginning of ${number(length)} characters: many long messages came at once.`,
  tooLong: (length: number) => `Not shown: ${number(length)} characters.`,
  notShown: 'Not shown: it names no command, so what is in it may be a secret.',

  // Times
  percentiles: 'Times by command',
  ofAllCounted: (count: number) =>
    `Of all ${many(count, 'command', 'commands')} counted since the start, also those too fast to show. Percentiles are at most a tenth too high.`,
  count: 'Count',
  failed: 'Failed',
  half: 'p50',
  most: 'p95',
  nearlyAll: 'p99',
  longest: 'Longest',
  slowest: 'Slowest commands',
  noTimes: 'Times come a second after the first command.',
});
