import { expect, test } from 'vitest';
import { readMetrics } from './readMetrics.ts';

const histogram = (lines: string) => `# HELP h words\n# TYPE h histogram\n${lines}`;

test.each([
  ['no end', '# HELP a words\n# TYPE a gauge\na 1'],
  ['no help', '# TYPE a gauge\na 1\n'],
  ['a counter without _total', '# HELP a words\n# TYPE a counter\na 1\n'],
  ['a gauge with _total', '# HELP a_total words\n# TYPE a_total gauge\na_total 1\n'],
  ['another type', '# HELP a words\n# TYPE a thing\na 1\n'],
  ['another name', '# HELP a words\n# TYPE a gauge\nb 1\n'],
  ['no samples', '# HELP a words\n# TYPE a gauge\n'],
  ['a series twice', '# HELP a words\n# TYPE a gauge\na{b="c"} 1\na{b="c"} 2\n'],
  ['no number', '# HELP a words\n# TYPE a gauge\na one\n'],
  ['an open label', '# HELP a words\n# TYPE a gauge\na{b="c} 1\n'],
  ['no last bucket', histogram('h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n')],
  ['falling buckets', histogram('h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n')],
  ['another count', histogram('h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 3\n')],
])('metrics with %s are refused', (_case, text) => {
  expect(() => readMetrics(text)).toThrow(/^(Bad|Twice|Stray|Buckets|Count|The last)/);
});

test('metrics are read by series, with escapes as they are written', () => {
  const text = `# HELP a_total words\n# TYPE a_total counter\na_total{b="c\\"d,}",e="f"} 2\n`;
  expect([...readMetrics(text).values]).toEqual([[String.raw`a_total{b="c\"d,}",e="f"}`, 2]]);
});
