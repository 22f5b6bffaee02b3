import { defineTexts } from '../ui/texts.ts';

/** What the console says of the server's data: the notice, and the details of the connection. */
export const storeTexts = defineTexts({
  // Notice
  refused: (reason: string | undefined) =>
    `This server refuses changes${reason === undefined ? '' : `: ${reason}`}.`,
  makeRoom: 'Make room there; changes work again without a restart.',
  makeWritable: 'Make its data directory writable; changes work again without a restart.',
  checkDisk: 'Make a backup and look at the disk.',
  seeLog: 'See its log for more.',
  readingWorks: 'Reading still works.',

  // Details
  data: 'Data',
  durability: 'Durability',
  memory: 'Memory only: all data is lost when the server stops.',
  relaxed: 'Relaxed: a change is on disk within a second. A crash may lose the last second.',
  commit: 'Durable: a change is on disk before its reply.',
  master:
    'Redis: a change is in one node before its reply. If that node is lost, its last changes may be.',
  replica: 'Redis: a change is in two nodes before its reply.',
  changes: 'Changes',
  loading: 'The server is still loading its data.',
  ready: 'accepted',
  refusing: (reason: string) => (reason === '' ? 'refused' : `refused: ${reason}`),
  readOnly: 'refused: this server is read-only (status 902)',
  lastSync: 'Last sync',
  unsynced: 'Not yet on disk',
  snapshot: 'Last snapshot',
  journal: 'Journal',
  sinceSnapshot: (size: string) => `${size} since the snapshot`,
  none: 'none yet',
});
