// Finds spaces off the grid in style sheets: paddings, margins and gaps are hairlines up to 2 px or
// multiples of 4 px (ADR 32, 41). `node scripts/checkSpaces.mjs [FOLDER]`
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const stepPx = 4;
const maxHairlinePx = 2;

/** A declaration of space, with its value. */
const space = /^\s*(?:padding|margin|gap|row-gap|column-gap|scroll-margin)(?:-[a-z]+)*:(.*)$/;

const isOff = (px) => Math.abs(px) > maxHairlinePx && px % stepPx !== 0;

const root = path.resolve(process.argv[2] ?? path.dirname(import.meta.dirname));
const sheets = readdirSync(path.join(root, 'web'), { recursive: true })
  .filter((file) => file.endsWith('.css'))
  .map((file) => `web/${file.split(path.sep).join('/')}`);

const found = sheets.flatMap((file) =>
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const value = space.exec(line)?.[1] ?? '';
      const sizes = [...value.matchAll(/-?[\d.]+(?=px)/g)].map(Number);
      return sizes.some(isOff) ? [`${file}:${index + 1}: ${line.trim()} is off the grid`] : [];
    }),
);
process.stdout.write(`${found.join('\n')}${found.length > 0 ? '\n' : ''}`);
process.exitCode = found.length > 0 ? 1 : 0;
