import { defineTexts } from '../ui/texts.ts';

/** Of what is loaded into the bar after the first paint. */
export const barTexts = defineTexts({
  trip: (time: string) => `RTT ${time}`,
  tripHint: (time: string) => `Round trip: a small question was answered after ${time}`,

  // How safe the server's data is
  durability: 'Durability',
  memory: 'Memory only',
  memoryHint: 'All data is lost when the server stops',
  relaxed: 'Relaxed',
  relaxedHint: 'A change is on disk within a second',
  commit: 'Durable',
  commitHint: 'A change is on disk before its reply',
  master: 'Redis',
  masterHint: 'A change is in one node of Redis before its reply',
  replica: 'Replicated',
  replicaHint: 'A change is in two nodes of Redis before its reply',
  readOnly: 'Read-only',
  readOnlyHint: 'Commands that change data are refused',
  loading: 'Loading data…',
  refusing: 'Changes refused',
});
