import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

const sessionsOf = (count: number) => many(count, 'session', 'sessions');

/** Of sessions that have the same value in one member, such as those of one user. */
export const texts = defineTexts({
  title: 'Sessions with the same value',
  key: 'Key',
  path: 'Path in its value',
  pathHint: '$ is the whole value, $.id its member id',
  value: 'Value (JSON)',
  valueHint: 'Text is written in quotes: "ana"',
  keyMissing: 'Which key?',
  pathWrong: 'A path begins with $.',
  valueWrong: 'This is not JSON. Text needs quotes.',
  find: 'Find',
  close: 'Close',

  searching: 'Searching…',
  looked: (looked: number, all: number) => `${number(looked)} of ${sessionsOf(all)} searched…`,
  found: (count: number) => `${sessionsOf(count)} found`,
  firstOf: (shown: number) => `, the newest ${number(shown)} shown`,
  none: 'No session has this value there.',
  stoppedTime: 'The search took too long and stopped: there may be more.',
  stoppedResults: 'The search stopped at this number: there may be more.',
  stoppedPath: 'The server cannot read this path.',
  sessions: 'Sessions found',
  keep: 'Keep',
  keepThis: (name: string) => `Keep ${name}`,
  open: (name: string) => `Open ${name}`,
  keepNone: 'Keep none',

  endOthers: (count: number) => `End the other ${sessionsOf(count)}…`,
  endAll: (count: number) => `End all ${sessionsOf(count)}…`,
  endHint: (count: number) => `SH_END for ${sessionsOf(count)}, after a question`,
  endTitle: (count: number) => `End ${sessionsOf(count)}?`,
  endText: (kept: string) =>
    kept === ''
      ? 'They and their keys are deleted. This cannot be undone.'
      : `They and their keys are deleted; ${kept} stays. This cannot be undone.`,
  endNow: (count: number) => `End ${sessionsOf(count)}`,
  ended: (done: number, of: number) => `${number(done)} of ${sessionsOf(of)} ended.`,
  failed: (why: string) => `Not ended: ${why}`,
});
