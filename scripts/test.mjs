// `npm test`: everything, from a fresh clone. Ends with one line of counts.
import { requireNode } from './requireNode.mjs';

requireNode();

const { orExit } = await import('./prepare.mjs');
const { runChecks } = await import('./check.mjs');
const { runE2e } = await import('./e2e.mjs');

const total = { passed: 0, failed: 0 };
for (const run of [runChecks, runE2e]) {
  const { passed, failed } = await orExit(run);
  total.passed += passed;
  total.failed += failed;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
