import { defineTexts } from '../ui/texts.ts';

/** What the console says of the server's data: the notice, and the details of the connection. */
export const storeTexts = defineTexts({
  // Notice
  refused: 'This server refuses changes.',
  diskFull: 'Its disk is full. Make room there; changes work again without a restart.',
  readOnlyDisk: 'Its disk is read-only. Make it writable; changes work again without a restart.',
  diskError: 'Its disk reports errors. Make a backup and look at the disk.',
  unknownCause: (reason: string) =>
    reason === '' ? 'See its log for the reason.' : `Reason: ${reason}.`,
  readingWorks: 'Reading still works.',

  // Details
  data: 'Data',
  durability: 'Durability',
  memory: 'Memory only: all data is lost when the server stops.',
  relaxed: 'Relaxed: a change is on disk within a second. A crash may lose the last second.',
  commit: 'Durable: a change is on disk before its reply.',
  changes: 'Changes',
  loading: 'The server still loads its data.',
  ready: 'accepted',
  refusing: (reason: string) => (reason === '' ? 'refused' : `refused: ${reason}`),
  lastSync: 'Last sync',
  unsynced: 'Not yet on disk',
  snapshot: 'Last snapshot',
  journal: 'Journal',
  sinceSnapshot: (size: string) => `${size} since the snapshot`,
  none: 'none yet',
});
