// Plants faults and proves that every checker sees its own, for the right reason (style 3): a check
// that has never been red is not a check. `node scripts/canaries/run.mjs`
import { stripVTControlCharacters } from 'node:util';
import { docsCanaries } from './docsCanaries.mjs';
import { lintCanaries } from './lintCanaries.mjs';
import { toolCanaries } from './toolCanaries.mjs';

/**
 * A group plants its faults together and runs its checker once.
 * @typedef {{ code: number, output: string }} Outcome
 * @typedef {{ name: string, isSeen: (outcome: Outcome) => boolean }} Canary
 * @typedef {{ canaries: Canary[], check: () => Promise<Outcome> }} Group
 */
const groups = [lintCanaries, ...toolCanaries, ...docsCanaries];

// Every group starts a process, and each adds its listeners.
process.setMaxListeners(4 * groups.length);

const results = (await Promise.all(groups.map(runGroup))).flat();
const unseen = results.filter(({ seen }) => !seen);
for (const { name, output } of unseen) {
  process.stdout.write(`✗ nobody saw: ${name}\n${output.slice(0, 2000)}\n`);
}
process.stdout.write(
  `canaries: ${results.length - unseen.length} passed, ${unseen.length} failed\n`,
);
process.exitCode = unseen.length > 0 ? 1 : 0;

/** @param {Group} group */
async function runGroup({ canaries, check }) {
  const { code, output } = await check();
  const outcome = { code, output: stripVTControlCharacters(output) };
  return canaries.map(({ name, isSeen }) => ({ name, seen: isSeen(outcome), output }));
}
