// `npm run fuzz`: a million executions. `-- --runs 10000 --seed 7 messages paths`, `--from 123` for one finding.
import { inspect, parseArgs } from 'node:util';
import { fuzz, type Finding } from './fuzzPart.ts';
import { parts } from './parts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
  },
});
const [seed, from] = [Number(values.seed), Number(values.from)];
const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0 || ![seed, from, Number(values.runs)].every(Number.isSafeInteger)) {
  throw new Error(`Parts are ${parts.map(({ name }) => name).join(', ')}; numbers are whole`);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

/** What may be kept: compiled code, caches with a limit. */
const maxGrowthMb = 30;

function report({ part, index, input, fault }: Finding): void {
  const shown = Buffer.isBuffer(input) ? input.toString('base64') : inspect(input);
  say(`  ${part}, --seed ${seed} --from ${index} --runs ${index + 1}: ${fault}`);
  say(`    ${shown.slice(0, 2_000)}`);
}

const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
let faults = 0;
let total = 0;
say(`seed ${seed}`);
for (const part of chosen) {
  const to =
    positionals.length === 1
      ? Number(values.runs)
      : Math.ceil((Number(values.runs) * part.share) / shares);
  const startMs = performance.now();
  // Until then code is compiled and pools fill.
  const warm = await fuzz(part, {
    seed,
    from,
    to: Math.min(to, from + Math.ceil((to - from) / 4)),
  });
  const before = megabytes();
  const rest = await fuzz(part, { seed, from: from + warm.runs, to });
  const growth = megabytes() - before;
  await part.end?.();
  const findings = [...warm.findings, ...rest.findings];
  const hasGrown = globalThis.gc !== undefined && growth > maxGrowthMb;
  faults += findings.length + (hasGrown ? 1 : 0);
  total += warm.runs + rest.runs;
  const seconds = (performance.now() - startMs) / 1000;
  const slowest = Math.max(warm.slowestMs, rest.slowestMs);
  say(
    `${part.name}: ${warm.runs + rest.runs} executions in ${seconds.toFixed(1)} s, slowest ${slowest.toFixed(0)} ms, heap ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MB${hasGrown ? ' (grows)' : ''}, ${findings.length} findings`,
  );
  for (const finding of findings) report(finding);
}
say(`${total} executions, ${faults} findings`);
process.exitCode = faults === 0 ? 0 : 1;
