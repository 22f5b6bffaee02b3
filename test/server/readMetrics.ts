const suffixesOf: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};
const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"`;
const familyHead = new RegExp(`^# HELP (${name}) \\S.*\n# TYPE \\1 ([a-z]+)\n`);
const sampleLine = new RegExp(
  String.raw`^(${name})(?:\{(${label}(?:,${label})*)\})? ([+-]?(?:\d\S*|Inf))$`,
);

/** A scrape, checked. */
export interface Scrape {
  /** Names of the samples, with `_bucket` and so on. */
  readonly names: ReadonlySet<string>;
  /** By `name{label="value",…}`, labels in their order. */
  readonly values: ReadonlyMap<string, number>;
}

/** For tests: reads what `/metrics` answers, and throws at the first line that breaks the format or its conventions. */
export function readMetrics(text: string): Scrape {
  if (!text.endsWith('\n')) throw new Error('The last line has no end');
  const names = new Set<string>();
  const values = new Map<string, number>();
  const families = new Set<string>();
  for (const block of text.split(/^(?=# HELP )/m)) {
    const { family, samples } = readFamily(block);
    if (families.has(family)) throw new Error(`Twice: ${family}`);
    families.add(family);
    for (const { name: sampleName, series, value } of samples) {
      if (values.has(series)) throw new Error(`Twice: ${series}`);
      names.add(sampleName);
      values.set(series, value);
    }
  }
  return { names, values };
}

function readFamily(block: string): { family: string; samples: ReadSample[] } {
  const [head, family = '', type = ''] = familyHead.exec(block) ?? [];
  const suffixes = suffixesOf[type];
  if (head === undefined || !suffixes) throw new Error(`Bad head: ${block}`);
  if (family.endsWith('_total') !== (type === 'counter')) throw new Error(`Bad name: ${family}`);
  const lines = block.slice(head.length).trimEnd().split('\n');
  const samples = lines.map((line) => readSample(line));
  const stray = samples.find((each) => !suffixes.some((suffix) => each.name === family + suffix));
  if (stray) throw new Error(`Stray: ${stray.series}`);
  if (type === 'histogram') checkHistogram(family, samples);
  return { family, samples };
}

interface ReadSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly series: string;
  readonly value: number;
}

function readSample(line: string): ReadSample {
  const [whole, sampleName = '', pairs, number = ''] = sampleLine.exec(line) ?? [];
  const value = Number(number.replace('Inf', 'Infinity'));
  if (whole === undefined || Number.isNaN(value)) throw new Error(`Bad line: ${line}`);
  const labels = (pairs?.match(new RegExp(label, 'g')) ?? []).map((pair) => {
    const [, key = '', text = ''] = /^(\w+)="(.*)"$/.exec(pair) ?? [];
    return [key, text] as const;
  });
  const series = pairs === undefined ? sampleName : `${sampleName}{${pairs}}`;
  return { name: sampleName, labels: new Map(labels), series, value };
}

/** Buckets count up, the last is +Inf, and that is the count. */
function checkHistogram(family: string, samples: readonly ReadSample[]): void {
  const buckets = new Map<string, ReadSample[]>();
  for (const sample of samples.filter((each) => each.name === `${family}_bucket`)) {
    const own = withoutLe(sample);
    buckets.set(own, [...(buckets.get(own) ?? []), sample]);
  }
  for (const own of buckets.values()) checkBuckets(family, own);
  for (const sample of samples.filter((each) => each.name === `${family}_count`)) {
    const last = buckets.get(withoutLe(sample))?.at(-1);
    if (last?.value !== sample.value) throw new Error(`Count: ${sample.series}`);
  }
}

function withoutLe({ labels }: ReadSample): string {
  return [...labels].filter(([label]) => label !== 'le').join();
}

function checkBuckets(family: string, buckets: readonly ReadSample[]): void {
  const bounds = buckets.map(({ labels }) => Number(labels.get('le')?.replace('+Inf', 'Infinity')));
  const isRising = (values: readonly number[]) =>
    values.every((value, index) => value >= (values[index - 1] ?? -Infinity));
  const isWhole = bounds.at(-1) === Infinity && new Set(bounds).size === bounds.length;
  if (!isWhole || !isRising(bounds) || !isRising(buckets.map(({ value }) => value)))
    throw new Error(`Buckets: ${family}`);
}
