import { formatSeconds } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

export const texts = defineTexts({
  // The session as a whole
  touch: 'Touch',
  touched: 'Its time starts again.',
  nothingToTouch: 'It never expires, so there is no time to restart.',
  changeExpiry: 'Change expiry…',
  clearKeys: 'Delete all keys…',
  endSession: 'End session…',
  clearTitle: (name: string) => `Delete all keys of ${name}?`,
  clearText: 'The session stays. Its keys cannot be brought back.',
  clearDone: 'All keys deleted.',
  clearNow: 'Delete all keys',
  endTitle: (name: string) => `End ${name}?`,
  endText: 'The session and its keys are deleted. This cannot be undone.',
  endNow: 'End session',
  ended: 'Session ended.',
  expiryTitle: 'Change expiry',
  seconds: 'Seconds from now',
  secondsHint: '0: never. A touch starts this time again.',
  wrongSeconds: 'Write a whole number of seconds.',
  afterwards: 'When it is over',
  endsSession: 'The session ends',
  deletesKeys: 'Its keys are deleted, and the time starts again',
  setExpiry: 'Set expiry',
  expirySet: (seconds: number) =>
    seconds === 0 ? 'It never expires now.' : `It expires in ${formatSeconds(seconds)}.`,
  cancel: 'Cancel',
});
