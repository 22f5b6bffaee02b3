import { defineMessages } from '../ui/messages.ts';

/** The words of the tutorial. What lessons say stands in their files. */
export const texts = defineMessages({
  title: 'Tutorial',
  startOver: 'Start over',
  startedOver: 'All ticks removed.',
  startOverHelp: 'Forget all ticks and begin again',
  noLessons: 'No lessons here.',
  noLessonsWhy: 'This console was built without any.',
  openLesson: (title: string) => `Lesson: ${title}`,
  lessons: 'Lessons',
  steps: 'Steps',
  stepsDone: (done: number, count: number) => `${done} of ${count}`,
  isDone: '(done)',
  place: (step: number, count: number) => `Step ${step} of ${count}`,
  progress: 'Tutorial progress',
  wasLast: 'That was the last lesson.',
  back: 'Back',
  next: 'Next',

  message: 'Message',
  copy: 'Copy step',
  run: 'Run',
  runHelp: 'Put the message into the composer and send it',
  insert: 'Insert',
  insertHelp: 'Put the message into the composer without sending it',
  noToken: 'No session is known in this tab yet. This has no value:',
  noNamedToken: (name: string) =>
    `No session called “${name}” is known in this tab. This has no value:`,
  createSession: 'Create a session',

  result: 'Step result',
  waiting: 'Waiting for the reply',
  done: 'Done:',
  doneBefore: 'you did this step before.',
  doneByHand: 'You did this by hand:',
  hintFor: 'About another step:',
  showStep: 'Show that step',
  secondsLeft: (seconds: number) => `About ${seconds} s to wait.`,
  waitIsOver: 'Time’s up. Press Run.',

  refused: (code: number, name: string, cause: string) =>
    `The server says ${code}, ${name}: ${cause}`,
  missing: (path: string) =>
    `A reply came, but \`${path}\`, which this step is about, is not in it.`,
  isOther: (place: string, found: string, expected: string) =>
    `A reply came, but ${place} is ${found}, not ${expected}.`,
  theReply: 'the reply',
  again: 'Run sends the message of this step as it stands here.',
  lost: 'The connection ended before the reply came, so nobody knows whether the server did it. Run it again once the console is connected.',

  anObject: 'an object',
  anArray: 'an array',
  anArrayOf: (count: number) => `an array of ${count}`,
  aString: 'a string',
  aNumber: 'a number',
  aBoolean: 'true or false',
  anyValue: 'any value',
  orMore: (least: number) => `${least} or more`,
  or: 'or',
  anythingBut: (what: string) => `anything but ${what}`,
});
