import { defineTexts } from '../ui/texts.ts';

/** The words of the tutorial. What lessons say stands in their files. */
export const texts = defineTexts({
  title: 'Tutorial',
  heading: 'Learn',
  goToLesson: 'Go to the lesson',
  startOver: 'Start over',
  startedOver: 'All ticks cleared.',
  startOverHelp: 'Clear all ticks and start again',
  noLessons: 'No lessons.',
  noLessonsWhy: 'This console was built without lessons.',
  openLesson: (title: string) => `Lesson: ${title}`,
  lessons: 'Lessons',
  steps: 'Steps',
  stepsDone: (done: number, count: number) => `${done} of ${count}`,
  isDone: '(done)',
  place: (step: number, count: number) => `Step ${step} of ${count}`,
  progress: 'Tutorial progress',
  wasLast: "You've finished all lessons.",
  back: 'Back',
  next: 'Next',

  message: 'Message',
  copy: 'Copy step',
  run: 'Run',
  runHelp: 'Put the message into the composer and send it',
  insert: 'Insert',
  insertHelp: 'Put the message into the composer without sending it',
  noToken: 'This tab has no session yet, so this variable has no value:',
  noNamedToken: (name: string) =>
    `This tab has no session called “${name}”, so this variable has no value:`,
  createSession: 'Create a session',

  result: 'Step result',
  waiting: 'Waiting for the reply',
  done: 'Done:',
  doneBefore: 'you did this step earlier.',
  doneByHand: 'You did this by hand:',
  hintFor: 'About another step:',
  showStep: 'Show that step',
  secondsLeft: (seconds: number) => `Wait about ${seconds} s.`,
  waitIsOver: "Time's up. Press Run.",

  refused: (code: number, name: string, cause: string) =>
    `The server says ${code}, ${name}: ${cause}`,
  missing: (path: string) => `This step needs \`${path}\`, which the reply does not have.`,
  isOther: (place: string, found: string, expected: string) =>
    `A reply came, but ${place} is ${found}, not ${expected}.`,
  theReply: 'the reply',
  again: 'Press Run to send the message of this step.',
  lost: 'The connection ended before the reply came, so the server may or may not have done it. Run it again when you are connected.',

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
