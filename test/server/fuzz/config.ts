import { readConfig } from '../../../server/config/readConfig.mjs';
import { settingRows } from '../../../server/config/settings.mjs';
import type { Random } from '../crash/random.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { below, jsonText, mutated, pick, several } from './grammar.ts';

const values = [
  '', ' ', '0', '-1', '1e3', '65535', '65536', '127.0.0.1', '::1', 'true', 'memory', 'commit', 'a.json', 'debug',
  'https://a.example', 'SH_END_ALL', '9007199254740993', '10.0.0.0/8', '[::1]:80', '..', '\u0000', 'é', 'x'.repeat(500),
] as const; // prettier-ignore

function argument(random: Random): string[] {
  const [, row] = settingRows[below(random, settingRows.length)] ?? [];
  const flag = row?.flag ?? pick(random, ['nope', '', 'config', '__proto__']);
  const value = pick(random, values);
  return pick(random, [[`--${flag}`, value], [`--${flag}=${value}`], [`--${flag}`], [value]]);
}

/** A settings file, with comments and faults. */
function file(random: Random): string {
  const members = settingRows.flatMap(([, { file: inFile }]) => {
    if (!inFile || random() < 0.6) return [];
    const [outer, inner] = inFile.path.split('.');
    const value =
      random() < 0.5
        ? jsonText(random, 2)
        : pick(random, ['"127.0.0.1"', '1024', 'true', '"a"', '["a"]']);
    return `"${outer}": ${inner === undefined ? value : `{ "${inner}": ${value} }`}`;
  });
  const text = `{ "version": 1, /* all */ ${members.join(', // more\n')} }`;
  return random() < 0.4 ? mutated(random, text) : text;
}

/** Flags, environment and file: settings, or one line that says what is wrong. */
export const config = fuzzPart({
  name: 'config',
  share: 0.08,
  make: (random) => ({
    args: [
      ...(random() < 0.5 ? ['--config', 'a.json'] : []),
      ...several(random, 4, () => argument(random)).flat(),
    ],
    env: Object.fromEntries(
      settingRows.flatMap(([, { env }]) =>
        env && random() < 0.05 ? [[env, pick(random, values)]] : [],
      ),
    ) as Record<string, string>,
    file: file(random),
  }),
  check: (input) => {
    const read = readConfig({
      args: input.args,
      env: input.env,
      readFile: () => input.file,
      tryDirectory: () => undefined,
    });
    if (read.ok) return;
    must(/^[^\r\n]+$/.test(read.refusal), `Not one line: ${read.refusal}`);
    must(!/undefined|\[object|is not a function|Cannot read/.test(read.refusal), read.refusal);
  },
});
