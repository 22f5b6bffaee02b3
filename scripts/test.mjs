// `npm test`: everything, from a fresh clone. Its last line is the count of all of it.
import { requireNode } from './requireNode.mjs';

requireNode();

const { PrepareError, print } = await import('./prepare.mjs');
const { runChecks } = await import('./check.mjs');
const { runE2e } = await import('./e2e.mjs');

const total = { passed: 0, failed: 0 };
for (const run of [() => runChecks({ printsAll: true }), () => runE2e()]) {
  const { passed, failed } = await countOf(run);
  total.passed += passed;
  total.failed += failed;
}
process.exitCode = total.failed > 0 ? 1 : 0;
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);

/** What cannot run has failed, and the rest still runs. */
async function countOf(run) {
  try {
    return await run();
  } catch (error) {
    print(error instanceof PrepareError ? error.message : (error?.stack ?? String(error)));
    return { passed: 0, failed: 1 };
  }
}
