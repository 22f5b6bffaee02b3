import { many, number } from '../ui/counted.ts';
import { defineMessages } from '../ui/messages.ts';

/** What the log says of its entries before anybody has opened the panel. */
export const entryTexts = defineMessages({
  sent: 'Sent',
  received: 'Received',
  connection: (text: string) => `Connection: ${text}`,
  at: (time: string) => `at ${time}`,
  after: (latency: string) => `after ${latency}`,
  bytes: (count: number) => `${count} bytes`,
  failure: 'failure',
  waiting: 'Waiting',
  quiet: 'Quiet',
  quietDone: 'Quiet, done',
  noReply: 'No reply',

  // What is wrong with a search
  badExpression: (reason: string) => `Not a regular expression: ${reason}`,
  expressionTakesTooLong: 'This expression takes too long.',
  searchNotLoaded: "Couldn't load the search. Change it to try again.",

  // Said to a screen reader
  saidCounts: (replies: number, failures: number) =>
    failures === 0
      ? many(replies, 'reply', 'replies')
      : `${many(replies, 'reply', 'replies')}, ${many(failures, 'failure', 'failures')}`,
  saidRate: (perSecond: number) => `About ${number(perSecond)} messages a second`,
});
