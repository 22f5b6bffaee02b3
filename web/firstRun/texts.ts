import { many } from '../ui/format.ts';
import { defineTexts } from '../ui/texts.ts';

/** Of the card that an empty server shows, and of the sample data. */
export const texts = defineTexts({
  firstSteps: 'First steps',
  title: 'Nothing stored yet',
  intro: 'See in ten seconds what happens to a session, or begin on your own.',
  watch: 'Watch a session happen',
  learn: 'Start the lesson',
  loadSample: 'Load sample data',
  hide: 'Hide',
  skip: 'Skip',
  next: 'Next',
  step: (at: number, count: number) => `${at} of ${count}`,
  created: 'SH_NEW creates the session “demo”. It may stay for a few seconds.',
  stored: 'KV_SET stores two keys in it.',
  read: 'KV_GET reads one of them.',
  expires: 'Now its time runs out: the session ends, and its keys with it.',
  overTitle: 'That was a session',
  over: 'Created, filled, read, and gone when its time was over.',
  stopped: 'Stopped. Your message stays as you wrote it.',
  failed: 'The server did not answer as expected. The log shows its reply.',
  watchAgain: 'Watch again',
  sample: (count: number) => `Sample data: ${many(count, 'session', 'sessions')}.`,
  loading: 'Loading sample data…',
  removeSample: 'Remove sample data',
  inspect: 'See it in the inspector',
  removed: 'Sample data removed.',
  notAllRemoved: 'Some of the sample data could not be removed. The log shows why.',
  notAllLoaded: 'Not all of the sample data could be loaded. The log shows why.',
});
