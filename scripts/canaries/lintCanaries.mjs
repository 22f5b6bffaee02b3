import { runProcess } from '../runProcess.mjs';
import { borderFaults, borderNeighbours } from './borderFaults.mjs';
import { lintFaults, lintNeighbours } from './lintFaults.mjs';
import { binary, folderSettings, makeNursery } from './nursery.mjs';

const faults = [...borderFaults, ...lintFaults];
const neighbours = [...borderNeighbours, ...lintNeighbours];

/** The linter, its borders and its types, over all planted files in one run. */
export const lintCanaries = {
  canaries: [
    ...faults.map(({ rule, file }) => ({
      name: `lint ${rule} in ${file}`,
      isSeen: ({ output }) =>
        output.split('\n').some((line) => line.startsWith(`${file}: `) && line.includes(rule)),
    })),
    ...neighbours.map(({ file }) => ({
      name: `lint lets ${file} pass`,
      isSeen: ({ output }) => output !== '' && !output.includes(`${file}: `),
    })),
  ],
  check: async () => {
    const planted = [...faults, ...neighbours].map(({ file, text }) => [file, text]);
    const cwd = makeNursery(Object.fromEntries(planted), [
      '.oxlintrc.json',
      'scripts/lint',
      ...folderSettings,
    ]);
    const args = ['--format=json'];
    const { code, output } = await runProcess(binary('oxlint'), args, { cwd, stdio: 'capture' });
    return { code, output: asLines(output) };
  },
};

/** A line for each finding; the report as it is when it is none, for that is what to look at then. */
function asLines(report) {
  try {
    return JSON.parse(report)
      .diagnostics.map(({ filename, code = '', message }) => `${filename}: ${code} ${message}`)
      .join('\n');
  } catch {
    return report;
  }
}
