import { many } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

export const endedTexts = defineTexts({
  ended: 'Recently ended',
  back: 'Back to living sessions',
  reading: 'Reading…',
  noneEnded: 'No session has ended since the server started.',
  noneEndedHint: 'Sessions that end or expire are listed here.',
  notRemembered: 'This server does not remember sessions that have ended.',
  name: 'Name',
  why: 'Why',
  token: 'Token',
  created: 'Created',
  endedHead: 'Ended',
  expired: 'Expired',
  byConsole: (command: string) => `${command} · Console`,
  byClient: (command: string, connection: number) => `${command} · Connection ${connection}`,
  open: (name: string, why: string) => `${name}, ${why}`,
  count: (count: number) => `The last ${many(count, 'session', 'sessions')} that ended.`,
});
