import { Specimen } from './Specimen.tsx';
import { texts } from './texts.ts';

/** Colours of the theme, each with the colour that stands on it. */
const colours = [
  ['--bg', '--ink'],
  ['--surface', '--ink'],
  ['--surface-2', '--ink-2'],
  ['--surface-3', '--ink-2'],
  ['--surface', '--ink-3'],
  ['--surface', '--accent-ink'],
  ['--accent', '--on-accent'],
  ['--accent-soft', '--accent-ink'],
  ['--good-soft', '--good'],
  ['--warn-soft', '--warn'],
  ['--bad-soft', '--bad'],
  ['--surface', '--sent'],
  ['--surface', '--json-key'],
  ['--surface', '--json-string'],
  ['--surface', '--json-number'],
  ['--surface', '--json-word'],
] as const;

const textSizes = ['--text-tiny', '--text-small', '--text', '--text-large'] as const;

/** Steps of the grid. */
const spaces = [4, 8, 12, 16, 24, 32] as const;

export function Tokens() {
  return (
    <div className="tokens">
      <Specimen name={texts.colours}>
        {colours.map(([behind, on]) => (
          <code
            key={behind + on}
            className="swatch"
            translate="no"
            style={{ background: `var(${behind})`, color: `var(${on})` }}
          >
            {on}
          </code>
        ))}
      </Specimen>
      <Specimen name={texts.words}>
        {textSizes.map((size) => (
          <span key={size} translate="no" style={{ fontSize: `var(${size})` }}>
            {size}
          </span>
        ))}
        <code translate="no">code</code>
      </Specimen>
      <Specimen name={texts.spaces}>
        {spaces.map((width) => (
          <span
            key={width}
            className="space"
            translate="no"
            style={{ width }}
            title={`${width} px`}
          />
        ))}
      </Specimen>
    </div>
  );
}
